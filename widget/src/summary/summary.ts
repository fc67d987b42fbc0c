import type { CurrencySummary } from '#contract/summary.ts';
import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PortalApi } from '../api/portal-api.ts';
import { formatMoney } from '../format/money.ts';
import { shellMessages } from '../i18n/shell.en.ts';
import { base } from '../ui/base.styles.ts';
import { skeletonStyles } from '../ui/skeleton/skeleton.styles.ts';
import { Task } from '../ui/task/task.ts';
import { dateValue } from '../ui/value/value.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { summaryStyles } from './summary.styles.ts';

/** @summary What is due, what is overdue, what comes next and what was paid last; each currency for itself. */
export class ZkSummary extends LitElement {
  static override styles = [base, skeletonStyles, summaryStyles];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) api!: Pick<PortalApi, 'getSummary'>;

  private readonly summary = new Task(this, {
    task: ([api], { signal }) => api.getSummary(signal),
    args: () => [this.api] as const,
  });

  /** Loads the amounts again; the old ones stay until the new ones come. */
  refresh(): Promise<void> {
    return this.summary.run();
  }

  override render(): unknown {
    const { value, status } = this.summary;
    if (status === 'error') return this.renderProblem();
    return value ? this.renderStrip(value.currencies) : this.renderOutline();
  }

  private renderOutline(): TemplateResult {
    return html`
      <div class="strip skeleton" role="status">
        <span class="visually-hidden">${this.ctx.localizer.t('state.loading')}</span>
        <i></i><i></i><i></i><i></i>
      </div>
    `;
  }

  private renderProblem(): TemplateResult {
    const { localizer } = this.ctx;
    return html`
      <div class="problem" role="alert">
        ${localizer.in(shellMessages)('summary.error')}
        <button class="link" type="button" @click=${() => void this.summary.run()}>
          ${localizer.t('action.retry')}
        </button>
      </div>
    `;
  }

  private renderStrip(currencies: readonly CurrencySummary[]): TemplateResult {
    const t = this.ctx.localizer.in(shellMessages);
    return html`
      <dl class="strip" aria-label=${t('summary.label')}>
        ${this.renderFact(t('summary.due'), this.renderDue(currencies))}
        ${this.renderFact(t('summary.overdue'), this.renderOverdue(currencies))}
        ${this.renderFact(t('summary.next_due'), this.renderNextDue(currencies))}
        ${this.renderFact(t('summary.last_payment'), this.renderLastPayment(currencies))}
      </dl>
    `;
  }

  private renderFact(label: string, value: TemplateResult): TemplateResult {
    return html`<div>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  }

  private renderDue(currencies: readonly CurrencySummary[]): TemplateResult {
    const t = this.ctx.localizer.in(shellMessages);
    const owed = currencies.filter(({ amount_due: amount }) => amount > 0);
    if (owed.length === 0) return this.renderPlain(t('summary.nothing_due'));
    return html`<div class="amounts">
      ${owed.map((entry) =>
        this.renderAmount({
          amount: this.money(entry.amount_due, entry.currency),
          note: t('summary.open_count', { count: entry.open_count }),
        }),
      )}
    </div>`;
  }

  private renderOverdue(currencies: readonly CurrencySummary[]): TemplateResult {
    const t = this.ctx.localizer.in(shellMessages);
    const late = currencies.filter(({ overdue_count: count }) => count > 0);
    if (late.length === 0) return this.renderPlain(t('summary.nothing_overdue'));
    return html`<div class="amounts">
      ${late.map((entry) =>
        this.renderAmount({
          amount: this.money(entry.overdue_amount, entry.currency),
          note: t('summary.overdue_count', { count: entry.overdue_count }),
          tone: 'danger',
        }),
      )}
    </div>`;
  }

  private renderNextDue(currencies: readonly CurrencySummary[]): TemplateResult {
    const [next] = currencies
      .flatMap(({ currency, next_due: due }) => (due ? [{ ...due, currency }] : []))
      .sort((a, b) => a.due_date.localeCompare(b.due_date));
    if (!next) return this.renderPlain(this.ctx.localizer.in(shellMessages)('summary.nothing_due'));
    return this.renderAmount({
      amount: dateValue(next.due_date, this.ctx),
      note: html`${this.money(next.amount_due, next.currency)} · ${next.invoice_number}`,
    });
  }

  private renderLastPayment(currencies: readonly CurrencySummary[]): TemplateResult {
    const [last] = currencies
      .flatMap(({ currency, last_payment: payment }) => (payment ? [{ ...payment, currency }] : []))
      .sort((a, b) => b.timestamp.localeCompare(a.timestamp));
    if (!last) return this.renderPlain(this.ctx.localizer.in(shellMessages)('summary.none_yet'));
    return this.renderAmount({
      amount: this.money(last.amount, last.currency),
      note: dateValue(last.timestamp, this.ctx),
    });
  }

  private money(amountMinor: number, currency: string): string {
    return formatMoney(amountMinor, currency, this.ctx.locale);
  }

  private renderPlain(text: string): TemplateResult {
    return html`<p class="plain">${text}</p>`;
  }

  private renderAmount({ amount, note, tone }: { amount: unknown; note: unknown; tone?: 'danger' }): TemplateResult {
    return html`<div>
      <p class="amount number ${tone ?? ''}">${amount}</p>
      <p class="note number">${note}</p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-summary': ZkSummary;
  }
}
