import type { ApiError } from '../api/api-error.ts';
import { fieldsOf } from './protocol.ts';
import type { FrameMethod, ToFrame } from './protocol.ts';

const tallest = 100_000;

interface Listener {
  /** A new session token, because the frame asks for one. */
  fetchToken: (signal: AbortSignal) => Promise<string>;
  onEvent: (name: unknown, facts: Readonly<Record<string, unknown>>) => void;
  /** How high the frame's content is, in CSS pixels. */
  onHeight: (height: number) => void;
}

/** The element's end of the line to one page in its frame. */
export class FramePort {
  private readonly port: MessagePort;
  private readonly listener: Listener;
  private request = new AbortController();
  private lastCall = 0;
  private readonly calls = new Map<unknown, () => void>();

  constructor(port: MessagePort, listener: Listener) {
    this.port = port;
    this.listener = listener;
    port.onmessage = ({ data }) => this.handle(fieldsOf(data));
  }

  post(message: ToFrame): void {
    this.port.postMessage(message);
  }

  /** Calls a method of the portal, and comes back when it has, or when the line ends. */
  call(method: FrameMethod): Promise<void> {
    return new Promise((resolve) => {
      const id = ++this.lastCall;
      this.calls.set(id, resolve);
      this.post({ type: 'call', id, method });
    });
  }

  close(): void {
    this.port.close();
    this.request.abort();
    for (const resolve of this.calls.values()) resolve();
  }

  private handle({ type, id, name, facts, height }: Readonly<Record<string, unknown>>): void {
    if (type === 'event') this.listener.onEvent(name, fieldsOf(facts));
    else if (type === 'height' && typeof height === 'number' && height > 0 && height <= tallest)
      this.listener.onHeight(Math.ceil(height));
    else if (type === 'done') this.calls.get(id)?.();
    else if (type === 'session-cancel') this.request.abort();
    else if (type === 'session-request' && typeof id === 'number') void this.answer(id);
  }

  /** One at a time: the frame that asks again has given the last one up. */
  private async answer(id: number): Promise<void> {
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const token = await this.listener.fetchToken(signal);
      if (!signal.aborted) this.post({ type: 'session', id, session_token: token });
    } catch (error) {
      if (!signal.aborted) this.post({ type: 'session-failed', id, retryable: (error as ApiError).retryable });
    }
  }
}
