import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** `pending` also while a value that came before is still there. */
type TaskStatus = 'pending' | 'complete' | 'error';

interface TaskOptions<Args extends readonly unknown[], Value> {
  /** A value that is there at once is drawn at once. */
  task: (args: Args, options: { signal: AbortSignal }) => Promise<Value> | Value;
  /** What the value depends on: when one of them is another one, the task runs again. */
  args: () => Args;
  onError?: (error: unknown) => void;
}

/**
 * One asynchronous value of an element, in the shape of `@lit/task` at a third of its size. Runs when its arguments
 * change; a newer run aborts an older one, whose answer is never taken. The value stays until the next one comes or fails.
 */
export class Task<Args extends readonly unknown[], Value> implements ReactiveController {
  value: Value | undefined;
  error: unknown;
  status: TaskStatus = 'pending';

  private readonly host: ReactiveControllerHost;
  private readonly options: TaskOptions<Args, Value>;
  private args: Args | undefined;
  private request: AbortController | undefined;

  constructor(host: ReactiveControllerHost, options: TaskOptions<Args, Value>) {
    this.host = host;
    this.options = options;
    host.addController(this);
  }

  /** An element that is put back into the page asks again for what its removal broke off. */
  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostUpdate(): void {
    const args = this.options.args();
    if (!this.args || args.some((arg, index) => arg !== this.args?.[index])) void this.run();
  }

  hostDisconnected(): void {
    if (this.status !== 'pending') return;
    this.request?.abort();
    this.args = undefined;
  }

  /** Runs again with the arguments of now. Settles when this run has, and never rejects. */
  async run(): Promise<void> {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    this.args = this.options.args();
    this.status = 'pending';
    this.host.requestUpdate();
    try {
      const answer = this.options.task(this.args, request);
      // A page may have put another class into the place of Promise.
      const value = (answer as Partial<PromiseLike<Value>>).then ? await answer : (answer as Value);
      if (this.request === request) this.settle('complete', value, undefined);
    } catch (error) {
      if (this.request !== request || request.signal.aborted) return;
      this.settle('error', undefined, error);
      this.options.onError?.(error);
    }
  }

  private settle(status: TaskStatus, value: Value | undefined, error: unknown): void {
    this.status = status;
    this.value = value;
    this.error = error;
    this.host.requestUpdate();
  }
}
