import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { formatDate } from '../../format/date.ts';
import { base } from '../base.styles.ts';
import { chevronDownIcon, crossIcon, icon, searchIcon } from '../icons/icons.ts';
import { placePopover } from '../popover/place-popover.ts';
import { popoverStyles } from '../popover/popover.styles.ts';
import type { ViewContext } from '../view-context.ts';
import { FilterChangeEvent, isFiltered, noFilter } from './filter-change-event.ts';
import type { FilterValue } from './filter-change-event.ts';
import { filterBarStyles } from './filter-bar.styles.ts';

export interface FilterChoice {
  key: string;
  label: string;
  options: readonly { value: string; label: string }[];
}

const searchDelayMs = 250;

/**
 * @summary Search, choices and a range of days over a list. Shows `value`, asks for another one by its event.
 * @event zk-filter-change - The reader wants `event.value`. Searching waits until typing pauses.
 */
export class ZkFilterBar extends LitElement {
  static override styles = [base, popoverStyles, filterBarStyles];

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

  private handleSearchChange(): void {
    if (this.typedSearch !== this.value.search) this.change({});
  }

  private handleOption(choice: FilterChoice, event: Event): void {
    const boxes = (event.currentTarget as HTMLElement).querySelectorAll<HTMLInputElement>('input:checked');
    this.change({ chosen: { ...this.value.chosen, [choice.key]: [...boxes].map(({ value }) => value) } });
  }

  private handleClear(): void {
    this.change({ ...noFilter });
    this.renderRoot.querySelector<HTMLInputElement>('input[type=search]')?.focus();
  }

  private handleBeforeToggle(event: ToggleEvent): void {
    const popover = event.currentTarget as HTMLElement;
    const button = this.renderRoot.querySelector<HTMLElement>(`[popovertarget="${popover.id}"]`);
    if (event.newState === 'open' && button) placePopover(popover, button);
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
      <div class="bar" role="search">
        <div class="search">
          ${icon(searchIcon)}
          <input
            class="input"
            type="search"
            maxlength="100"
            aria-label=${this.searchLabel}
            placeholder=${this.searchLabel}
            .value=${this.value.search}
            @input=${this.handleSearchInput}
            @change=${this.handleSearchChange}
          />
        </div>
        ${this.choices.map((choice) => this.renderChoice(choice))} ${this.dateLabel ? this.renderDays() : nothing}
        ${
          isFiltered(this.value)
            ? html`<button class="button clear" type="button" @click=${this.handleClear}>
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
    return html`
      ${this.renderOpener(choice.key, choice.label, labels.length > 2 ? String(labels.length) : labels.join(', '))}
      <fieldset
        id=${choice.key}
        popover
        aria-label=${choice.label}
        @beforetoggle=${this.handleBeforeToggle}
        @change=${(event: Event) => this.handleOption(choice, event)}
      >
        ${choice.options.map(
          ({ value, label }) => html`
            <label class="option">
              <input type="checkbox" value=${value} .checked=${chosen.includes(value)} />${label}
            </label>
          `,
        )}
      </fieldset>
    `;
  }

  private renderDays(): unknown {
    const { t } = this.ctx.localizer;
    const field = (key: 'from' | 'to', label: string, min: string, max: string): unknown => html`
      <label class="day">
        ${label}
        <input
          class="input"
          type="date"
          min=${min || nothing}
          max=${max || '9999-12-31'}
          .value=${this.value[key]}
          @change=${(event: Event) => this.change({ [key]: (event.target as HTMLInputElement).value })}
        />
      </label>
    `;
    return html`
      ${this.renderOpener('days', this.dateLabel, this.dayRange)}
      <fieldset id="days" popover aria-label=${this.dateLabel} @beforetoggle=${this.handleBeforeToggle}>
        ${field('from', t('filter.from'), '', this.value.to)} ${field('to', t('filter.to'), this.value.from, '')}
      </fieldset>
    `;
  }

  private renderOpener(id: string, label: string, value: string): unknown {
    const { t } = this.ctx.localizer;
    return html`
      <button class="button opener" type="button" popovertarget=${id}>
        <span>${value ? t('filter.selected', { label, value }) : label}</span>${icon(chevronDownIcon)}
      </button>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-filter-bar': ZkFilterBar;
  }
}
