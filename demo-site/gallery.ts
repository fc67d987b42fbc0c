import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import '../widget/src/entitlements/define.ts';
import '../widget/src/invoices/define.ts';
import '../widget/src/payments/define.ts';
import '../widget/src/ui/menu/define.ts';
import { entitlementList, entitlements } from '../widget/src/testing/entitlement-fixtures.ts';
import { failure } from '../widget/src/testing/failure.ts';
import { invoiceDetail, invoiceList, invoices } from '../widget/src/testing/invoice-fixtures.ts';
import { paymentList, payments } from '../widget/src/testing/payment-fixtures.ts';
import { Stage } from '../widget/src/testing/stage-element.ts';
import { viewContext } from '../widget/src/testing/view-context.ts';
import { initialInvoicesState } from '../widget/src/invoices/invoices-state.ts';
import { banner } from '../widget/src/ui/banner/banner.ts';
import { meter } from '../widget/src/ui/meter/meter.ts';
import { skeletonLines } from '../widget/src/ui/skeleton/skeleton-lines.ts';
import { sectionOffState } from '../widget/src/ui/states/states.ts';
import { statusPill } from '../widget/src/ui/status-pill/status-pill.ts';
import { panelId, tabId, tabList } from '../widget/src/ui/tabs/tabs.ts';

const parameters = new URLSearchParams(location.search);
const ctx = viewContext({ locale: parameters.get('locale') ?? 'en-GB', dense: parameters.has('dense') });
const theme = parameters.get('theme') ?? 'auto';
const only = parameters.get('only');
document.documentElement.dir = parameters.get('dir') ?? 'ltr';
if (theme !== 'auto') document.documentElement.style.colorScheme = theme;

customElements.define('gallery-stage', Stage);

const never = (): Promise<never> => new Promise(() => undefined);
const failing = (): Promise<never> => Promise.reject(failure());
/** A press on a download shows how it fails: there is no server. */
const getFile = failing;

const invoicesPage = (
  listInvoices: () => Promise<unknown>,
  state = initialInvoicesState,
  getInvoice: () => Promise<unknown> = () => Promise.resolve(invoiceDetail()),
): TemplateResult =>
  html`<zk-invoices-page
    .ctx=${ctx}
    .api=${{ listInvoices, getInvoice, getFile } as never}
    .state=${state}
  ></zk-invoices-page>`;
const paymentsPage = (listPayments: () => Promise<unknown>): TemplateResult =>
  html`<zk-payments-page .ctx=${ctx} .api=${{ listPayments, getFile } as never}></zk-payments-page>`;
const entitlementsPage = (listEntitlements: () => Promise<unknown>): TemplateResult =>
  html`<zk-entitlements-page .ctx=${ctx} .api=${{ listEntitlements, getFile } as never}></zk-entitlements-page>`;

const filtered = { ...initialInvoicesState, filter: { ...initialInvoicesState.filter, search: 'INV-9' } };
const many = invoiceList(invoices, { total_count: 312, next: 'next' });

const pieces: readonly [name: string, title: string, content: TemplateResult][] = [
  [
    'parts',
    'Buttons, pills, menu',
    html`
      <p>
        <button class="button" type="button">Button</button>
        <button class="button primary" type="button">Primary</button>
        <button class="button" type="button" disabled>Disabled</button>
        <button class="link" type="button">Link</button>
        <zk-menu
          label="Blue Harbor Logistics, account"
          .items=${[
            { id: 'profile', label: 'Profile' },
            { id: 'billing', label: 'Billing information' },
            { id: 'return', label: 'Return to Northwind Cloud', href: '#', separated: true },
          ]}
          >Blue Harbor Logistics</zk-menu
        >
      </p>
      <p>
        ${statusPill('success', 'Paid')} ${statusPill('pending', 'Approved')} ${statusPill('partial', 'Partially paid')}
        ${statusPill('danger', 'Overdue by 12 days')} ${statusPill('neutral', 'Void')}
      </p>
    `,
  ],
  [
    'parts',
    'Tabs',
    html`
      ${tabList({
        label: 'Sections',
        tabs: ['Invoices', 'Payments', 'Entitlements'].map((label) => ({ id: label.toLowerCase(), label })),
        selected: 'invoices',
        onSelect: () => undefined,
      })}
      <div id=${panelId('invoices')} role="tabpanel" aria-labelledby=${tabId('invoices')} tabindex="0"></div>
    `,
  ],
  [
    'parts',
    'Banners',
    html`${banner('neutral', 'You are viewing as Ada of Northwind Cloud. Nothing can be changed.')}
    ${banner('danger', 'Your session has ended.')}`,
  ],
  [
    'parts',
    'Meters',
    html`${[0, 40, 85, 100].map((value) => meter({ label: 'API calls', value, max: 100, text: `${value} of 100` }))}`,
  ],
  [
    'parts',
    'Downloads',
    html`
      <zk-download-button
        .ctx=${ctx}
        .api=${{ getFile }}
        .file=${{ path: 'statement' }}
        label="Download"
      ></zk-download-button>
      <zk-download-button
        .ctx=${ctx}
        .api=${{ getFile }}
        .file=${{ path: 'statement' }}
        label="Download PDF: INV-7"
        text="Download PDF"
      ></zk-download-button>
      <zk-export-menu .ctx=${ctx} .api=${{ getFile }} .listing=${{ results: invoices }}></zk-export-menu>
    `,
  ],
  ['parts', 'Skeleton of text', skeletonLines({ ctx, lines: 4 })],
  ['parts', 'Section off', sectionOffState(ctx.localizer)],
  ['invoices', 'Invoices', invoicesPage(() => Promise.resolve(many))],
  ['invoices-loading', 'Invoices, loading', invoicesPage(never)],
  ['invoices-empty', 'Invoices, empty', invoicesPage(() => Promise.resolve(invoiceList([])))],
  ['invoices-no-match', 'Invoices, no match', invoicesPage(() => Promise.resolve(invoiceList([])), filtered)],
  ['invoices-error', 'Invoices, error', invoicesPage(failing)],
  ['payments', 'Payments', paymentsPage(() => Promise.resolve(paymentList(payments)))],
  ['payments-loading', 'Payments, loading', paymentsPage(never)],
  ['payments-empty', 'Payments, empty', paymentsPage(() => Promise.resolve(paymentList([])))],
  ['payments-error', 'Payments, error', paymentsPage(failing)],
  ['entitlements', 'Entitlements', entitlementsPage(() => Promise.resolve(entitlementList(entitlements)))],
  ['entitlements-loading', 'Entitlements, loading', entitlementsPage(never)],
  ['entitlements-empty', 'Entitlements, empty', entitlementsPage(() => Promise.resolve(entitlementList([])))],
  ['entitlements-error', 'Entitlements, error', entitlementsPage(failing)],
  ['detail', 'Invoice details', invoicesPage(() => Promise.resolve(many), { ...initialInvoicesState, open: 'any' })],
];

const main = document.querySelector('main');
if (main) {
  render(
    pieces.map(([name, title, content]) =>
      (only ?? name) === name && (only || name !== 'detail')
        ? html`<h2 id=${name}>${title}</h2>
            <gallery-stage theme=${theme} .content=${content}></gallery-stage>`
        : nothing,
    ),
    main,
  );
}
