/** Somebody chose the entry `id` of a `zk-menu`. */
export class MenuSelectEvent extends Event {
  readonly id: string;

  constructor(id: string) {
    super('zk-menu-select', { bubbles: true, composed: true });
    this.id = id;
  }
}

declare global {
  interface HTMLElementEventMap {
    'zk-menu-select': MenuSelectEvent;
  }
}
