import type { ConsoleCustomerDetail } from '#contract/console.ts';
import type { CurrencySummary } from '#contract/summary.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatDate } from '../../../../widget/src/format/date.ts';
import { formatMoney } from '../../../../widget/src/format/money.ts';
import { dateValue, missingValue } from '../../../../widget/src/ui/value/value.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import { consoleMessages } from '../console.en.ts';

/** What the customer owes, by currency, and who it is. */
export const customerFacts = (customer: ConsoleCustomerDetail, ctx: ViewContext): TemplateResult => {
  const t = ctx.localizer.in(consoleMessages);
  const { profile } = customer;
  const fact = (label: string, value: unknown): TemplateResult =>
    html`<div>
      <dt class="muted">${label}</dt>
      <dd>${value ?? missingValue(ctx)}</dd>
    </div>`;
  return html`
    <h2 class="visually-hidden">${t('customer.facts')}</h2>
    <dl class="money">${money(customer.summary.currencies, ctx)}</dl>
    <dl class="facts">
      ${fact(t('customer.email'), profile.email)} ${fact(t('customer.phone'), profile.phone_number)}
      ${fact(t('customer.address'), addressText(profile.address))}
      ${fact(t('customer.tax_ids'), profile.tax_info.map(({ tax_id: id }) => id).join(', ') || null)}
      ${fact(t('customer.external_id'), code(customer.external_id))} ${fact(t('customer.id'), code(customer.id))}
      ${fact(t('customer.time_zone'), customer.time_zone)}
      ${fact(t('customer.since'), dateValue(customer.created_at, ctx))}
    </dl>
  `;
};

const code = (text: string | null): TemplateResult | null =>
  text === null ? null : html`<span class="code">${text}</span>`;

function addressText(address: ConsoleCustomerDetail['profile']['address']): string | null {
  if (!address) return null;
  const { line1, line2, line3, zipCode, city, state, country, country_code: countryCode } = address;
  const place = [zipCode, city].filter(Boolean).join(' ');
  return [line1, line2, line3, place, state, country ?? countryCode].filter(Boolean).join(', ') || null;
}

function money(currencies: readonly CurrencySummary[], ctx: ViewContext): TemplateResult {
  const t = ctx.localizer.in(consoleMessages);
  const amount = (minor: number, currency: string): string => formatMoney(minor, currency, ctx.locale);
  const onDate = (
    key: 'customer.next_due_value' | 'customer.last_payment_value',
    { minor, currency, date }: { minor: number; currency: string; date: string },
  ): TemplateResult =>
    html`<span class="number">${t(key, { amount: amount(minor, currency), date: formatDate(date, ctx) })}</span>`;

  const owed = currencies.filter(({ amount_due: due }) => due > 0);
  const nextDue = currencies.filter(({ next_due: next }) => next);
  const paid = currencies.filter(({ last_payment: payment }) => payment);
  return html`
    <div>
      <dt class="muted">${t('customer.amount_due')}</dt>
      ${
        owed.length === 0
          ? html`<dd class="figure">${t('customer.nothing_due')}</dd>`
          : owed.map(
              ({ currency, amount_due: due, overdue_amount: overdue, overdue_count: count }) => html`
                <dd>
                  <span class="figure number">${amount(due, currency)}</span>
                  ${
                    count > 0
                      ? html`<span class="overdue">
                          ${t('customer.overdue', { amount: amount(overdue, currency), count })}
                        </span>`
                      : nothing
                  }
                </dd>
              `,
            )
      }
    </div>
    <div>
      <dt class="muted">${t('customer.next_due')}</dt>
      ${
        nextDue.length === 0
          ? html`<dd>${missingValue(ctx)}</dd>`
          : nextDue.map(
              ({ currency, next_due: next }) =>
                html`<dd>
                  ${
                    next && onDate('customer.next_due_value', { minor: next.amount_due, currency, date: next.due_date })
                  }
                </dd>`,
            )
      }
    </div>
    <div>
      <dt class="muted">${t('customer.last_payment')}</dt>
      ${
        paid.length === 0
          ? html`<dd>${missingValue(ctx)}</dd>`
          : paid.map(
              ({ currency, last_payment: payment }) =>
                html`<dd>
                  ${
                    payment &&
                    onDate('customer.last_payment_value', { minor: payment.amount, currency, date: payment.timestamp })
                  }
                </dd>`,
            )
      }
    </div>
  `;
}
