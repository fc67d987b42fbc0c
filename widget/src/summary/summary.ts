import type { CurrencySummary } from '#contract/summary.ts';
import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PortalApi } from '../api/portal-api.ts';
import { formatMoney } from '../format/money.ts';
import { shellMessages } from '../i18n/shell.en.ts';
import { base } from '../ui/base.styles.ts';
import { Task } from '../ui/task/task.ts';
import { dateValue } from '../ui/value/value.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { summaryStyles } from './summary.styles.ts';

/** @summary What is due, what is overdue, what comes next and what was paid last; each currency for itself. */
export class ZkSummary extends LitElement {
  static override styles = [base, summaryStyles];

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
    return value
      ? this.renderStrip(value.currencies)
      : html`<zk-outline .ctx=${this.ctx} .shape=${'summary'}></zk-outline>`;
  }

  private renderProblem(): TemplateResult {
    const { localizer } = this.ctx;
    return html`
      <div part="error" class="problem" role="alert">
        ${localizer.in(shellMessages)('summary.error')}
        <button class="link" type="button" @click=${() => void this.summary.run()}>
          ${localizer.t('action.retry')}
        </button>
      </div>
    `;
  }

  private renderStrip(currencies: readonly CurrencySummary[]): TemplateResult {
    const { ctx } = this;
    const t = ctx.localizer.in(shellMessages);
    const money = (amountMinor: number, currency: string): string => formatMoney(amountMinor, currency, ctx.locale);
    const [next] = currencies
      .flatMap(({ currency, next_due: due }) => (due ? [{ ...due, currency }] : []))
      .sort((a, b) => a.due_date.localeCompare(b.due_date));
    const [last] = currencies
      .flatMap(({ currency, last_payment: payment }) => (payment ? [{ ...payment, currency }] : []))
      .sort((a, b) => b.timestamp.localeCompare(a.timestamp));
    return html`
      <dl class="strip">
        ${fact(
          t('summary.due'),
          t('summary.nothing_due'),
          currencies
            .filter(({ amount_due: due }) => due > 0)
            .map((entry) => ({
              main: money(entry.amount_due, entry.currency),
              note: t('summary.open_count', { count: entry.open_count }),
            })),
        )}
        ${fact(
          t('summary.overdue'),
          t('summary.nothing_overdue'),
          currencies
            .filter(({ overdue_count: count }) => count > 0)
            .map((entry) => ({
              main: html`<span class="danger">${money(entry.overdue_amount, entry.currency)}</span>`,
              note: ctx.localizer.t('invoices.count', { count: entry.overdue_count }),
            })),
        )}
        ${fact(
          t('summary.next_due'),
          t('summary.nothing_next'),
          next && [
            {
              main: dateValue(next.due_date, ctx),
              note: `${money(next.amount_due, next.currency)} · ${next.invoice_number}`,
            },
          ],
        )}
        ${fact(
          t('summary.last_payment'),
          t('summary.none_yet'),
          last && [{ main: money(last.amount, last.currency), note: dateValue(last.timestamp, ctx) }],
        )}
      </dl>
    `;
  }
}

/** One figure of the strip, a line a currency; `none` says that there is nothing. */
const fact = (
  label: string,
  none: string,
  lines: readonly { main: unknown; note: unknown }[] = [],
): TemplateResult => html`
  <div part="summary-item">
    <dt>${label}</dt>
    ${
      lines.length > 0
        ? lines.map(
            ({ main, note }) =>
              html`<dd class="number">
                <p class="amount">${main}</p>
                <p class="note">${note}</p>
              </dd>`,
          )
        : html`<dd>${none}</dd>`
    }
  </div>
`;

declare global {
  interface HTMLElementTagNameMap {
    'zk-summary': ZkSummary;
  }
}
