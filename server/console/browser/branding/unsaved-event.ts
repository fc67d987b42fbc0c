/** A page holds something that leaving it would lose, or holds it no longer. */
export class UnsavedEvent extends Event {
  readonly isUnsaved: boolean;

  constructor(isUnsaved: boolean) {
    super('zk-unsaved', { bubbles: true, composed: true });
    this.isUnsaved = isUnsaved;
  }
}

declare global {
  interface HTMLElementEventMap {
    'zk-unsaved': UnsavedEvent;
  }
}
