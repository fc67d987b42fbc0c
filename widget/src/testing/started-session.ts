import { waitUntil } from '@open-wc/testing';
import { PortalClient } from '../api/portal-client.ts';
import { SessionController } from '../session/session-controller.ts';
import { embedSource } from '../session/session-source.ts';
import type { FetchSession } from '../session/session-source.ts';
import type { SessionState } from '../session/session-state.ts';
import type { Script } from '../../wire-middleware.ts';
import { sessionToken, startWire } from './wire.ts';
import type { Wire } from './wire.ts';

const running: SessionController[] = [];

/** A session controller without an element, its client, and the states that it went through. */
export interface StartedSession {
  wire: Wire;
  session: SessionController;
  client: PortalClient;
  states: SessionState['status'][];
  reached(status: SessionState['status']): Promise<void>;
}

export async function startSession(
  script: Script,
  given: { fetchSession?: FetchSession | null; token?: string } = {},
): Promise<StartedSession> {
  const wire = await startWire(script);
  const states: SessionState['status'][] = [];
  const host = {
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => undefined,
    updateComplete: Promise.resolve(true),
  };
  const session = new SessionController(host, {
    apiUrl: () => wire.apiUrl,
    onChange: ({ status }) => states.push(status),
  });
  running.push(session);
  session.hostConnected();
  const fetchSession =
    given.fetchSession === undefined ? async () => ({ session_token: sessionToken }) : given.fetchSession;
  session.use(embedSource(wire.apiUrl, { sessionToken: given.token ?? '', fetchSession: () => fetchSession }));
  return {
    wire,
    session,
    client: new PortalClient(wire.apiUrl, session),
    states,
    reached: (status) => waitUntil(() => session.state.status === status, `never ${status}`),
  };
}

/** To be called after each test: ends the timers and the listeners of what it started. */
export function endSessions(): void {
  for (const session of running.splice(0)) session.hostDisconnected();
}
