import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { formatDate } from '../../format/date.ts';
import { base } from '../base.styles.ts';
import { chevronDownIcon, crossIcon, icon, searchIcon } from '../icons/icons.ts';
import type { ViewContext } from '../view-context.ts';
import { FilterChangeEvent, isFiltered, noFilter } from './filter-change-event.ts';
import type { FilterChoice, FilterPartEvent, FilterValue } from './filter-change-event.ts';
import { filterBarStyles } from './filter-bar.styles.ts';

const searchDelayMs = 250;

/**
 * @summary Search, choices and a range of days over a list. Shows `value`, asks for another one by its event.
 * @event zk-filter-change - The reader wants `event.value`. Searching waits until typing pauses.
 */
export class ZkFilterBar extends LitElement {
  static override styles = [base, filterBarStyles];

  private searchTimer: ReturnType<typeof setTimeout> | undefined;

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) value: FilterValue = noFilter;
  @property({ attribute: false }) choices: readonly FilterChoice[] = [];
  @property({ attribute: false }) searchLabel = '';
  /** Which date the range is about; empty when the list has no range. */
  @property({ attribute: false }) dateLabel = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.searchTimer);
  }

  private change(part: Partial<FilterValue>): void {
    clearTimeout(this.searchTimer);
    this.dispatchEvent(new FilterChangeEvent({ ...this.value, search: this.typedSearch, ...part }));
  }

  private get typedSearch(): string {
    return this.renderRoot.querySelector<HTMLInputElement>('input[type=search]')?.value.trim() ?? '';
  }

  private handleSearchInput(): void {
    clearTimeout(this.searchTimer);
    this.searchTimer = setTimeout(() => this.change({}), searchDelayMs);
  }

  private handleClear(): void {
    this.change({ ...noFilter });
    this.renderRoot.querySelector<HTMLInputElement>('input[type=search]')?.focus();
  }

  private loadPopovers(): void {
    import('./define-popover.ts').catch(() => undefined);
  }

  private get dayRange(): string {
    const { from, to } = this.value;
    const day = (text: string): string =>
      text ? formatDate(`${text}T00:00:00Z`, { locale: this.ctx.locale, timeZone: 'UTC' }) : '…';
    return from || to ? `${day(from)} – ${day(to)}` : '';
  }

  override render(): unknown {
    const { t } = this.ctx.localizer;
    return html`
      <div
        class="bar"
        role="search"
        aria-label=${this.searchLabel}
        @pointerenter=${this.loadPopovers}
        @focusin=${this.loadPopovers}
        @click=${this.loadPopovers}
      >
        <div class="search">
          ${icon(searchIcon)}
          <input
            part="input"
            class="input"
            type="search"
            maxlength="100"
            aria-label=${this.searchLabel}
            placeholder=${this.searchLabel}
            .value=${this.value.search}
            @input=${this.handleSearchInput}
          />
        </div>
        ${this.choices.map((choice) => this.renderChoice(choice))}
        ${this.dateLabel ? this.renderOpener('days', this.dateLabel, this.dayRange, null) : nothing}
        ${
          isFiltered(this.value)
            ? html`<button part="button" class="button clear" type="button" @click=${this.handleClear}>
                ${icon(crossIcon)}${t('action.clear_filters')}
              </button>`
            : nothing
        }
      </div>
    `;
  }

  private renderChoice(choice: FilterChoice): unknown {
    const chosen = this.value.chosen[choice.key] ?? [];
    const labels = choice.options.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
    const value = labels.length > 2 ? String(labels.length) : labels.join(', ');
    return this.renderOpener(choice.key, choice.label, value, choice);
  }

  private renderOpener(id: string, label: string, value: string, choice: FilterChoice | null): unknown {
    const { t } = this.ctx.localizer;
    return html`
      <button part="button" class="button opener" type="button" popovertarget=${id}>
        <span>${value ? t('filter.selected', { label, value }) : label}</span>${icon(chevronDownIcon)}
      </button>
      <zk-filter-popover
        part="popover"
        exportparts="input"
        id=${id}
        popover
        role="group"
        aria-label=${label}
        .ctx=${this.ctx}
        .value=${this.value}
        .choice=${choice}
        @zk-filter-part=${({ part }: FilterPartEvent) => this.change(part)}
      ></zk-filter-popover>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-filter-bar': ZkFilterBar;
  }
}
