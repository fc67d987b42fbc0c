import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Asks before somebody leaves a page that holds what leaving would lose. */
export class LeaveGuard implements ReactiveController {
  isUnsaved = false;
  private isAsking = false;
  private readonly ask: () => Promise<boolean>;

  /** @param ask whether to leave all the same */
  constructor(host: ReactiveControllerHost, ask: () => Promise<boolean>) {
    this.ask = ask;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('beforeunload', this.handleUnload);
  }

  hostDisconnected(): void {
    removeEventListener('beforeunload', this.handleUnload);
  }

  private readonly handleUnload = (event: BeforeUnloadEvent): void => {
    if (this.isUnsaved) event.preventDefault();
  };

  async mayLeave(): Promise<boolean> {
    if (!this.isUnsaved) return true;
    if (this.isAsking) return false;
    this.isAsking = true;
    const isSure = await this.ask();
    this.isAsking = false;
    if (isSure) this.isUnsaved = false;
    return isSure;
  }

  /** The browser has gone back already: that is made undone, and done again when it is wanted. */
  async mayHaveLeft(shownPath: string): Promise<void> {
    history.pushState(null, '', shownPath);
    if (await this.mayLeave()) history.back();
  }
}
