import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { base } from '../base.styles.ts';
import { placePopover } from '../popover/place-popover.ts';
import { popoverStyles } from '../popover/popover.styles.ts';
import { MenuSelectEvent } from './menu-select-event.ts';
import { menuButtonStyles } from './menu-button.styles.ts';
import { menuStyles } from './menu.styles.ts';

export interface MenuItem {
  id: string;
  label: string;
  /** Makes the entry a link; choosing it is still announced by `zk-menu-select`. */
  href?: string;
  /** A hairline above the entry. */
  separated?: boolean;
}

/**
 * @summary A menu button by the ARIA Authoring Practices: arrows, Home, End, Escape and typing ahead.
 * @slot - What the button shows.
 * @attribute boxed - Draws the button with a border, as the other buttons of a toolbar.
 * @event zk-menu-select - An entry was chosen; `event.id` says which.
 */
export class ZkMenu extends LitElement {
  static override styles = [base, popoverStyles, menuButtonStyles, menuStyles];

  @query('button') private button!: HTMLButtonElement;
  @query('[role=menu]') private menu!: HTMLElement;

  @state() private isOpen = false;
  private focusAtOpening: 'first' | 'last' = 'first';
  private typed = '';
  private typedAtMs = 0;

  @property({ attribute: false }) items: readonly MenuItem[] = [];
  /** The accessible name of the button and of its menu. It has to contain the text that the button shows. */
  @property() label = '';

  override focus(): void {
    this.button.focus();
  }

  /** Opens the menu, with its first entry focused. */
  show(): void {
    this.menu.showPopover();
  }

  private get entries(): HTMLElement[] {
    return [...this.menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  private handleBeforeToggle(event: ToggleEvent): void {
    if (event.newState === 'open') placePopover(this.menu, this.button);
    else if (this.menu.matches(':focus-within')) this.button.focus();
  }

  private handleToggle(event: ToggleEvent): void {
    this.isOpen = event.newState === 'open';
    if (this.isOpen) this.entries.at(this.focusAtOpening === 'first' ? 0 : -1)?.focus();
    this.focusAtOpening = 'first';
  }

  private handleButtonKeydown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.focusAtOpening = event.key === 'ArrowUp' ? 'last' : 'first';
    this.menu.showPopover();
  }

  private handleMenuKeydown(event: KeyboardEvent): void {
    const entries = this.entries;
    const current = entries.indexOf(event.target as HTMLElement);
    if (event.key === 'Tab') {
      this.menu.hidePopover();
      return;
    }
    const next = this.indexForKey(event, entries, current);
    if (next === undefined) return;
    event.preventDefault();
    entries.at(next % entries.length)?.focus();
  }

  private indexForKey(event: KeyboardEvent, entries: HTMLElement[], current: number): number | undefined {
    switch (event.key) {
      case 'ArrowDown':
        return current + 1;
      case 'ArrowUp':
        return current - 1;
      case 'Home':
        return 0;
      case 'End':
        return -1;
      default:
        return event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
          ? this.indexForTyped(event, entries, current)
          : undefined;
    }
  }

  private indexForTyped(event: KeyboardEvent, entries: HTMLElement[], current: number): number | undefined {
    const isFresh = event.timeStamp - this.typedAtMs > 700;
    this.typed = (isFresh ? '' : this.typed) + event.key.toLowerCase();
    this.typedAtMs = event.timeStamp;
    const from = this.typed.length === 1 ? current + 1 : current;
    const order = entries.map((_, offset) => (from + offset) % entries.length);
    return order.find((index) => entries[index]?.textContent?.trim().toLowerCase().startsWith(this.typed));
  }

  private handleChoose(item: MenuItem): void {
    this.menu.hidePopover();
    this.dispatchEvent(new MenuSelectEvent(item.id));
  }

  override render(): unknown {
    return html`
      <button
        class="menu-button"
        type="button"
        popovertarget="menu"
        aria-haspopup="menu"
        aria-expanded=${this.isOpen}
        aria-controls="menu"
        aria-label=${this.label || nothing}
        @keydown=${this.handleButtonKeydown}
      >
        <slot></slot>
      </button>
      <div
        id="menu"
        role="menu"
        popover
        aria-label=${this.label || nothing}
        @beforetoggle=${this.handleBeforeToggle}
        @toggle=${this.handleToggle}
        @keydown=${this.handleMenuKeydown}
      >
        ${this.items.map((item) => this.renderItem(item))}
      </div>
    `;
  }

  private renderItem(item: MenuItem): unknown {
    const className = item.separated ? 'separated' : '';
    const choose = (): void => this.handleChoose(item);
    return item.href === undefined
      ? html`<button class=${className} type="button" role="menuitem" tabindex="-1" @click=${choose}>
          ${item.label}
        </button>`
      : html`<a class=${className} role="menuitem" tabindex="-1" href=${item.href} @click=${choose}>${item.label}</a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-menu': ZkMenu;
  }
}
