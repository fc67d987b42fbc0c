import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { base } from '../base.styles.ts';
import { checkIcon, chevronEndIcon, chevronStartIcon, icon } from '../icons/icons.ts';
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
  /** Entries that take the menu's place when this one is chosen. */
  items?: readonly MenuItem[];
  /** What the entry that leads back from `items` is called. */
  backLabel?: string;
  /** One of several of which one is chosen. */
  checked?: boolean;
  /** The language of the label. */
  lang?: string;
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
  /** The entry whose own entries are shown. */
  @state() private branchId: string | null = null;
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
    return [...this.menu.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  }

  private get branch(): MenuItem | undefined {
    return this.items.find(({ id }) => id === this.branchId);
  }

  private handleBeforeToggle(event: ToggleEvent): void {
    if (event.newState === 'open') placePopover(this.menu, this.button);
    else if (this.menu.matches(':focus-within')) this.button.focus();
  }

  private handleToggle(event: ToggleEvent): void {
    this.isOpen = event.newState === 'open';
    this.typed = '';
    if (this.isOpen) this.entries.at(this.focusAtOpening === 'first' ? 0 : -1)?.focus();
    else this.branchId = null;
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
    if (next === undefined) {
      this.handleSideways(event, this.items[current]);
      return;
    }
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

  private handleSideways(event: KeyboardEvent, item: MenuItem | undefined): void {
    const forward = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
    event.preventDefault();
    if (this.branch && event.key !== forward) void this.leaveBranch();
    else if (!this.branch && event.key === forward && item?.items) void this.enterBranch(item);
  }

  private async enterBranch({ id, items = [] }: MenuItem): Promise<void> {
    this.branchId = id;
    await this.updateComplete;
    // The first entry leads back.
    this.entries[
      1 +
        Math.max(
          0,
          items.findIndex(({ checked }) => checked),
        )
    ]?.focus();
  }

  private async leaveBranch(): Promise<void> {
    const index = this.items.findIndex(({ id }) => id === this.branchId);
    this.branchId = null;
    await this.updateComplete;
    this.entries[index]?.focus();
  }

  private handleChoose(item: MenuItem): void {
    if (item.items) {
      void this.enterBranch(item);
      return;
    }
    this.menu.hidePopover();
    this.dispatchEvent(new MenuSelectEvent(item.id));
  }

  override render(): unknown {
    const { branch } = this;
    return html`
      <button
        part="button"
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
        part="popover"
        id="menu"
        role="menu"
        popover
        aria-label=${(branch?.label ?? this.label) || nothing}
        @beforetoggle=${this.handleBeforeToggle}
        @toggle=${this.handleToggle}
        @keydown=${this.handleMenuKeydown}
      >
        ${
          branch
            ? html`<button class="back" type="button" role="menuitem" tabindex="-1" @click=${this.leaveBranch}>
                ${icon(chevronStartIcon, 'directional')}${branch.backLabel}
              </button>`
            : nothing
        }
        ${(branch?.items ?? this.items).map((item) => this.renderItem(item))}
      </div>
    `;
  }

  private renderItem(item: MenuItem): unknown {
    const className = item.separated ? 'separated' : '';
    const choose = (): void => this.handleChoose(item);
    if (item.href !== undefined)
      return html`<a class=${className} role="menuitem" tabindex="-1" href=${item.href} @click=${choose}
        >${item.label}</a
      >`;
    const isChoice = item.checked !== undefined;
    return html`<button
      class=${className}
      type="button"
      role=${isChoice ? 'menuitemradio' : 'menuitem'}
      tabindex="-1"
      lang=${item.lang ?? nothing}
      aria-checked=${item.checked ?? nothing}
      aria-haspopup=${item.items ? 'menu' : nothing}
      @click=${choose}
    >
      ${item.label}${item.items ? icon(chevronEndIcon, 'directional') : nothing}${
        item.checked ? icon(checkIcon) : nothing
      }
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-menu': ZkMenu;
  }
}
