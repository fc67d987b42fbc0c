import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isoDay } from '../format/date.ts';
import { downloadMessages } from '../i18n/downloads.en.ts';
import { base } from '../ui/base.styles.ts';
import { PanelCloseEvent } from '../ui/panel/panel.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { saverIcon, saverWords } from './download-words.ts';
import { downloadsStyles } from './downloads.styles.ts';
import { FileSaver } from './file-saver.ts';
import type { FileSource } from './file-saver.ts';
import { sheetStyles } from './sheet.styles.ts';
import { daysOf, periods } from './statement-days.ts';
import type { Days } from './statement-days.ts';

const formats = ['pdf', 'csv'] as const;

/**
 * @summary Asks for the days and the format of a statement of account, and downloads it.
 * @event zk-panel-close - The reader is done.
 */
export class ZkStatementSheet extends LitElement {
  static override styles = [base, downloadsStyles, sheetStyles];

  @state() private days: Days | null = null;
  @state() private format: (typeof formats)[number] = 'pdf';
  @state() private daysProblem = '';

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) api!: FileSource;

  private readonly saver = new FileSaver(this);

  private get today(): string {
    return isoDay(new Date(), this.ctx.timeZone);
  }

  private get wanted(): Days {
    return this.days ?? daysOf('this_year', this.today);
  }

  private handleDays(days: Days): void {
    this.days = days;
    this.daysProblem = '';
  }

  private async handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const t = this.ctx.localizer.in(downloadMessages);
    const { from, to } = this.wanted;
    this.daysProblem = !from || !to ? t('statement.days_missing') : from > to ? t('statement.days_reversed') : '';
    if (this.daysProblem) {
      this.renderRoot.querySelector<HTMLInputElement>('input[type=date]')?.focus();
      return;
    }
    if (await this.saver.save(this.api, { path: 'statement', query: { from, to, format: this.format } }))
      this.dispatchEvent(new PanelCloseEvent());
  }

  override render(): unknown {
    const { ctx, saver } = this;
    const t = ctx.localizer.in(downloadMessages);
    const isBusy = saver.status === 'busy';
    return html`
      <zk-panel exportparts="dialog" open heading=${t('statement.title')} close-label=${t('export.close')}>
        <form novalidate @submit=${this.handleSubmit}>
          <p class="muted">${t('statement.text')}</p>
          ${this.renderPeriod()} ${this.renderFormat()} ${saverWords(saver, ctx, { problem: this.daysProblem })}
          <button part="primary-button" class="button primary ${isBusy ? 'busy' : ''}" aria-disabled=${isBusy}>
            ${saverIcon(saver)}${t('statement.download')}
          </button>
        </form>
      </zk-panel>
    `;
  }

  private renderPeriod(): TemplateResult {
    const t = this.ctx.localizer.in(downloadMessages);
    const { from, to } = this.wanted;
    return html`
      <fieldset>
        <legend>${t('statement.period')}</legend>
        <div class="choices">
          ${periods.map((period) => {
            const days = daysOf(period, this.today);
            return html`<label
              ><input
                type="radio"
                name="period"
                value=${period}
                .checked=${days.from === from && days.to === to}
                @change=${() => this.handleDays(days)}
              />${t(`statement.${period}`)}</label
            >`;
          })}
        </div>
        <div class="days">
          ${this.renderDay('from', t('statement.from'), from)} ${this.renderDay('to', t('statement.to'), to)}
        </div>
      </fieldset>
    `;
  }

  private renderDay(key: 'from' | 'to', label: string, day: string): TemplateResult {
    return html`
      <label>
        ${label}
        <input
          part="input"
          class="input"
          type="date"
          max="9999-12-31"
          aria-describedby=${this.daysProblem ? 'problem' : nothing}
          aria-invalid=${this.daysProblem ? 'true' : nothing}
          .value=${day}
          @change=${(event: Event) =>
            this.handleDays({ ...this.wanted, [key]: (event.target as HTMLInputElement).value })}
        />
      </label>
    `;
  }

  private renderFormat(): TemplateResult {
    const t = this.ctx.localizer.in(downloadMessages);
    return html`
      <fieldset>
        <legend>${t('statement.format')}</legend>
        <div class="choices">
          ${formats.map(
            (format) => html`
              <label>
                <input
                  type="radio"
                  name="format"
                  value=${format}
                  .checked=${this.format === format}
                  @change=${() => (this.format = format)}
                />${t(`statement.${format}`)}
              </label>
            `,
          )}
        </div>
      </fieldset>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-statement-sheet': ZkStatementSheet;
  }
}
