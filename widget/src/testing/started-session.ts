import { waitUntil } from '@open-wc/testing';
import { PortalClient } from '../api/portal-client.ts';
import { SessionController } from '../session/session-controller.ts';
import type { FetchSession } from '../session/session-source.ts';
import type { SessionState } from '../session/session-state.ts';
import type { Script } from '../../wire-middleware.ts';
import { sessionToken, startWire } from './wire.ts';
import type { Wire } from './wire.ts';

const running: (() => void)[] = [];

/** A session controller without an element, its client, and the states that it went through. */
export interface StartedSession {
  wire: Wire;
  session: SessionController;
  client: PortalClient;
  states: SessionState['status'][];
  /** Out of the document, and back. */
  leave(): void;
  comeBack(): void;
  reached(status: SessionState['status']): Promise<void>;
}

export async function startSession(
  script: Script,
  given: { fetchSession?: FetchSession | null; token?: string } = {},
): Promise<StartedSession> {
  const wire = await startWire(script);
  const states: SessionState['status'][] = [];
  const session = new SessionController();
  const member = { sessionChanged: ({ status }: SessionState) => void states.push(status) };
  const leave = (): void => session.leave(member);
  running.push(leave);
  session.join(member);
  const fetchSession =
    given.fetchSession === undefined ? async () => ({ session_token: sessionToken }) : given.fetchSession;
  session.use({ apiUrl: wire.apiUrl, sessionToken: given.token ?? '', fetchSession, sessionSource: null });
  return {
    wire,
    session,
    client: new PortalClient(wire.apiUrl, session),
    states,
    leave,
    comeBack: () => session.join(member),
    reached: (status) => waitUntil(() => session.state.status === status, `never ${status}`, { timeout: 4_000 }),
  };
}

/** To be called after each test: ends the timers and the listeners of what it started. */
export function endSessions(): void {
  for (const leave of running.splice(0)) leave();
}
