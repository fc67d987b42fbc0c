import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { filterMessages } from '../../i18n/filter.en.ts';
import { base } from '../base.styles.ts';
import { placePopover } from '../popover/place-popover.ts';
import { popoverStyles } from '../popover/popover.styles.ts';
import type { ViewContext } from '../view-context.ts';
import { FilterPartEvent, noFilter } from './filter-change-event.ts';
import type { FilterChoice, FilterValue } from './filter-change-event.ts';
import { filterPopoverStyles } from './filter-popover.styles.ts';

/**
 * @summary What a button of `zk-filter-bar` opens: the options of a choice, or, without one, a range of days. Its code is
 * loaded when the reader comes near the bar.
 * @event zk-filter-part - The reader wants this part of the value changed.
 */
export class ZkFilterPopover extends LitElement {
  static override styles = [base, popoverStyles, filterPopoverStyles];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) value: FilterValue = noFilter;
  @property({ attribute: false }) choice: FilterChoice | null = null;

  constructor() {
    super();
    this.addEventListener('beforetoggle', ({ newState }) => {
      if (newState === 'open') this.place();
      else if (this.matches(':focus-within')) this.opener?.focus();
    });
  }

  override firstUpdated(): void {
    if (this.matches(':popover-open')) this.place();
  }

  private get opener(): HTMLElement | null {
    return (this.getRootNode() as ParentNode).querySelector(`[popovertarget="${this.id}"]`);
  }

  private place(): void {
    if (this.opener) placePopover(this, this.opener);
  }

  private change(part: Partial<FilterValue>): void {
    this.dispatchEvent(new FilterPartEvent(part));
  }

  override render(): unknown {
    return this.choice ? this.renderChoice(this.choice) : this.renderDays();
  }

  private renderChoice({ key, options }: FilterChoice): TemplateResult[] {
    const chosen = this.value.chosen[key] ?? [];
    const handleChange = (event: Event): void => {
      const { checked, value: changed } = event.target as HTMLInputElement;
      const next = options
        .map(({ value }) => value)
        .filter((value) => (value === changed ? checked : chosen.includes(value)));
      this.change({ chosen: { ...this.value.chosen, [key]: next } });
    };
    return options.map(
      ({ value, label }) => html`
        <label class="option">
          <input type="checkbox" value=${value} .checked=${chosen.includes(value)} @change=${handleChange} />${label}
        </label>
      `,
    );
  }

  private renderDays(): TemplateResult {
    const t = this.ctx.localizer.in(filterMessages);
    const { from, to } = this.value;
    const field = (key: 'from' | 'to', label: string, day: string, min: string, max: string): TemplateResult => html`
      <label class="day">
        ${label}
        <input
          part="input"
          class="input"
          type="date"
          min=${min || nothing}
          max=${max || '9999-12-31'}
          .value=${day}
          @change=${(event: Event) => this.change({ [key]: (event.target as HTMLInputElement).value })}
        />
      </label>
    `;
    return html`${field('from', t('filter.from'), from, '', to)} ${field('to', t('filter.to'), to, from, '')}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-filter-popover': ZkFilterPopover;
  }
}
