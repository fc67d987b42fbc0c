import { fieldsOf } from './protocol.ts';
import type { FrameMethod, ToFrame } from './protocol.ts';

const tallest = 100_000;

interface Listener {
  /** A new session token, because the frame asks for one. The frame judges it, and sets the time for it. */
  fetchToken: (signal: AbortSignal) => Promise<string>;
  onEvent: (name: unknown, facts: Readonly<Record<string, unknown>>) => void;
  /** How high the frame's content is, in CSS pixels. */
  onHeight: (height: number) => void;
}

/** The element's end of the line to one page in its frame. */
export interface FrameLine {
  post: (message: ToFrame) => void;
  /** Calls a method of the portal, and comes back when it has, or when the line ends. */
  call: (method: FrameMethod) => Promise<void>;
  close: () => void;
}

export const openLine = (port: MessagePort, { fetchToken, onEvent, onHeight }: Listener): FrameLine => {
  const calls = new Map<unknown, () => void>();
  let request = new AbortController();
  const post = (message: ToFrame): void => port.postMessage(message);

  /** One at a time: the frame that asks again has given the last one up. */
  const answer = async (id: number): Promise<void> => {
    request.abort();
    request = new AbortController();
    try {
      post({ type: 'session', id, session_token: await fetchToken(request.signal) });
    } catch (error) {
      post({ type: 'session-failed', id, name: String((error as Error | null)?.name) });
    }
  };

  port.onmessage = ({ data }) => {
    const { type, id, name, facts, height } = fieldsOf(data);
    if (type === 'event') onEvent(name, fieldsOf(facts));
    if (type === 'height' && typeof height === 'number' && height > 0 && height <= tallest) onHeight(height);
    if (type === 'done') calls.get(id)?.();
    if (type === 'session-cancel') request.abort();
    if (type === 'session-request' && typeof id === 'number') void answer(id);
  };

  return {
    post,
    call: (method) =>
      new Promise((resolve) => {
        const id = calls.size;
        calls.set(id, resolve);
        post({ type: 'call', id, method });
      }),
    close: () => {
      port.close();
      request.abort();
      for (const resolve of calls.values()) resolve();
    },
  };
};
