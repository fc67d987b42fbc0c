import type { ConsoleCustomer } from '#contract/console.ts';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { formatMoney } from '../../../../widget/src/format/money.ts';
import { listParameters } from '../../../../widget/src/ui/list-view/list-state.ts';
import { dateValue, missingValue } from '../../../../widget/src/ui/value/value.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import type { ConsoleClient } from '../console-client.ts';
import { consoleMessages } from '../console.en.ts';
import type { ListDefinition } from '../list/console-list.ts';
import { customerPath } from '../route.ts';

/** All customers of the organisation. */
export const customersList = (client: ConsoleClient): ListDefinition<ConsoleCustomer> => ({
  key: 'customers',
  sort: { key: 'customer_name', isDescending: false },
  load: (state, signal) =>
    client.call('GET /console/api/customers', {
      query: { ...listParameters(state), ...(state.filter.search && { search: state.filter.search }) },
      signal,
    }),
  describe: (ctx) => {
    const t = ctx.localizer.in(consoleMessages);
    return {
      table: {
        label: t('customers.title'),
        columns: [
          {
            key: 'customer_name',
            label: t('customers.name'),
            isSortable: true,
            cell: ({ id, customer_name: name }) => html`<a class="link row" href=${customerPath(id)}>${name}</a>`,
          },
          {
            key: 'email',
            label: t('customers.email'),
            isSortable: true,
            from: 'medium',
            cell: ({ email }) => email ?? missingValue(ctx),
          },
          {
            key: 'external_id',
            label: t('customers.external_id'),
            isSortable: true,
            from: 'wide',
            card: 'hidden',
            cell: ({ external_id: externalId }) =>
              externalId ? html`<span class="code">${externalId}</span>` : missingValue(ctx),
          },
          {
            key: 'amount_due',
            label: t('customers.amount_due'),
            isSortable: true,
            isAtEnd: true,
            cell: (customer) => amountsDue(customer, ctx),
          },
          {
            key: 'last_invoice_at',
            label: t('customers.last_invoice'),
            isSortable: true,
            cell: ({ last_invoice_at: lastInvoiceAt }) => dateValue(lastInvoiceAt, ctx),
          },
          {
            key: 'created_at',
            label: t('customers.created'),
            isSortable: true,
            from: 'wide',
            card: 'hidden',
            cell: ({ created_at: createdAt }) => dateValue(createdAt, ctx),
          },
        ],
      },
      filters: { searchLabel: t('customers.search'), dateLabel: '', choices: [] },
      texts: {
        count: (count) => t('customers.count', { count }),
        empty: { title: t('customers.empty'), text: t('customers.empty_text') },
        noMatch: { title: t('customers.no_match'), text: t('customers.no_match_text') },
      },
    };
  },
});

const amountsDue = ({ amounts_due: amounts }: ConsoleCustomer, ctx: ViewContext): TemplateResult =>
  amounts.length === 0
    ? missingValue(ctx)
    : html`<span class="lines">
        ${amounts.map(
          ({ currency, amount_due: amount }) => html`<span>${formatMoney(amount, currency, ctx.locale)}</span>`,
        )}
      </span>`;
