import type { ConsoleCustomerDetail } from '#contract/console.ts';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { initialEntitlementsState } from '../../../../widget/src/entitlements/entitlements-page.ts';
import { initialInvoicesState } from '../../../../widget/src/invoices/invoices-state.ts';
import { initialPaymentsState } from '../../../../widget/src/payments/payments-state.ts';
import { banner } from '../../../../widget/src/ui/banner/banner.ts';
import { bannerStyles } from '../../../../widget/src/ui/banner/banner.styles.ts';
import { base } from '../../../../widget/src/ui/base.styles.ts';
import { chevronStartIcon, crossIcon, icon } from '../../../../widget/src/ui/icons/icons.ts';
import type { InvoiceRequestEvent, ListState } from '../../../../widget/src/ui/list-view/list-state.ts';
import type { MenuSelectEvent } from '../../../../widget/src/ui/menu/menu-select-event.ts';
import { skeletonLines } from '../../../../widget/src/ui/skeleton/skeleton-lines.ts';
import { skeletonLinesStyles } from '../../../../widget/src/ui/skeleton/skeleton-lines.styles.ts';
import { errorState, failureOf } from '../../../../widget/src/ui/states/states.ts';
import { statesStyles } from '../../../../widget/src/ui/states/states.styles.ts';
import { panelId, tabId, tabList } from '../../../../widget/src/ui/tabs/tabs.ts';
import { tabsStyles } from '../../../../widget/src/ui/tabs/tabs.styles.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import { renderTask } from '../../../../widget/src/ui/task/render-task.ts';
import { Task } from '../../../../widget/src/ui/task/task.ts';
import { activityList } from '../activity/activity-list.ts';
import type { ZkConfirmDialog } from '../confirm/confirm-dialog.ts';
import type { ConsoleClient } from '../console-client.ts';
import { consoleMessages } from '../console.en.ts';
import { keepPlace, readPlace } from '../history-place.ts';
import { kebabIcon } from '../icons.ts';
import { pageStyles } from '../page.styles.ts';
import { customersPath } from '../route.ts';
import { customerFacts } from './customer-facts.ts';
import { customerPageStyles } from './customer-page.styles.ts';
import { customerRecords } from './customer-records.ts';
import type { CustomerRecords } from './customer-records.ts';
import { copyPortalLink, revokeSessions, viewPortal } from './portal-actions.ts';
import type { Outcome } from './portal-actions.ts';
import { sessionList } from './session-list.ts';

const tabs = ['invoices', 'payments', 'entitlements', 'sessions', 'activity'] as const;
type TabName = (typeof tabs)[number];

const isTab = (text: string): text is TabName => tabs.some((tab) => tab === text);

/** The customer's name has come: for the title of the window. */
export class TitleEvent extends Event {
  readonly title: string;

  constructor(title: string) {
    super('zk-title', { bubbles: true, composed: true });
    this.title = title;
  }
}

/** @summary One customer: facts, records, and the ways into its portal. */
export class ZkCustomerPage extends LitElement {
  static override styles = [
    base,
    bannerStyles,
    skeletonLinesStyles,
    statesStyles,
    tabsStyles,
    pageStyles,
    customerPageStyles,
  ];

  @query('zk-confirm-dialog') private dialog!: ZkConfirmDialog;

  @state() private outcome: Outcome | null = null;
  @state() private tab: TabName = 'invoices';
  private records!: CustomerRecords;
  private sessions!: ReturnType<typeof sessionList>;
  private activity!: ReturnType<typeof activityList>;

  /** The organisation's context; dates on this page are in the customer's own time zone. */
  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) client!: ConsoleClient;
  @property({ attribute: false }) customerId = '';

  private readonly customer = new Task(this, {
    task: async ([client, customerId], { signal }) => {
      const params = { customer_id: customerId };
      const customer = await client.call('GET /console/api/customers/:customer_id', { params, signal });
      this.dispatchEvent(new TitleEvent(customer.customer_name));
      return customer;
    },
    args: () => [this.client, this.customerId] as const,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    const wanted = location.hash.slice(1);
    this.tab = isTab(wanted) ? wanted : 'invoices';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('client') && !changed.has('customerId')) return;
    this.records = customerRecords(this.client, this.customerId);
    this.sessions = sessionList(this.client, this.customerId);
    this.activity = activityList(this.client, this.customerId);
  }

  private handleTab(id: string): void {
    if (!isTab(id)) return;
    this.tab = id;
    history.replaceState(history.state, '', `#${id}`);
  }

  private handleInvoiceRequest(invoiceId: string): void {
    const place = readPlace<ListState>('invoices') ?? initialInvoicesState;
    keepPlace('invoices', { ...place, open: invoiceId });
    this.handleTab('invoices');
  }

  private async handleAction({ id }: MenuSelectEvent, customer: ConsoleCustomerDetail): Promise<void> {
    const target = {
      client: this.client,
      customer: { id: customer.id, name: customer.customer_name },
      localizer: this.ctx.localizer,
      locale: this.ctx.locale,
    };
    this.outcome = null;
    switch (id) {
      case 'view':
        this.outcome = await viewPortal(target);
        break;
      case 'link':
        this.outcome = await copyPortalLink(target);
        break;
      case 'revoke':
        if (!(await this.dialog.ask())) return;
        this.outcome = await revokeSessions(target);
    }
    await this.renderRoot.querySelector('zk-console-list')?.refresh();
  }

  private handleDismiss(): void {
    this.outcome = null;
    this.renderRoot.querySelector<HTMLElement>('zk-menu')?.focus();
  }

  override render(): unknown {
    const { ctx } = this;
    const t = ctx.localizer.in(consoleMessages);
    return html`
      <a class="link back" rel="prev" href=${customersPath}
        >${icon(chevronStartIcon, 'directional')}${t('customer.back')}</a
      >
      ${renderTask(this.customer, {
        pending: () => skeletonLines({ ctx, lines: 9 }),
        error: (error) => this.renderFailure(error),
        complete: (customer) => this.renderCustomer(customer),
      })}
    `;
  }

  private renderFailure(error: unknown): TemplateResult {
    const { localizer } = this.ctx;
    const t = localizer.in(consoleMessages);
    const failure = failureOf(error);
    return failure?.code === 'customer_not_found' || failure?.code === 'request_invalid'
      ? html`<h1 tabindex="-1">${t('customer.missing')}</h1>
          <p class="muted intro">${t('customer.missing_text')}</p>`
      : errorState({ localizer, failure, retry: () => void this.customer.run() });
  }

  private renderCustomer(customer: ConsoleCustomerDetail): TemplateResult {
    const t = this.ctx.localizer.in(consoleMessages);
    const name = customer.customer_name;
    const ctx = { ...this.ctx, timeZone: customer.time_zone };
    return html`
      <header>
        <h1 tabindex="-1">${name}</h1>
        <zk-menu
          label=${t('customer.actions', { name })}
          .items=${[
            { id: 'view', label: t('customer.view_portal') },
            { id: 'link', label: t('customer.copy_link') },
            { id: 'revoke', label: t('customer.revoke'), separated: true },
          ]}
          @zk-menu-select=${(event: MenuSelectEvent) => this.handleAction(event, customer)}
          >${icon(kebabIcon)}</zk-menu
        >
      </header>
      <div aria-live="polite">${this.outcome ? this.renderOutcome(this.outcome) : nothing}</div>
      ${customerFacts(customer, ctx)}
      ${tabList({
        label: t('customer.tabs', { name }),
        tabs: tabs.map((id) => ({ id, label: t(`customer.${id}`) })),
        selected: this.tab,
        onSelect: (id) => this.handleTab(id),
      })}
      <div id=${panelId(this.tab)} role="tabpanel" aria-labelledby=${tabId(this.tab)} tabindex="0">
        ${this.renderTab(ctx)}
      </div>
      <zk-confirm-dialog
        heading=${t('portal.revoke_title', { name })}
        text=${t('portal.revoke_text')}
        confirm-label=${t('portal.revoke_confirm')}
        cancel-label=${t('action.cancel')}
      ></zk-confirm-dialog>
    `;
  }

  private renderOutcome({ tone, text, link }: Outcome): TemplateResult {
    const t = this.ctx.localizer.in(consoleMessages);
    const content = link
      ? html`${text}<input
            class="input"
            readonly
            aria-label=${t('portal.link')}
            .value=${link}
            @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
          />`
      : text;
    return html`
      <div class="notice">
        ${banner(tone, content)}
        <button class="icon-button" type="button" aria-label=${t('action.dismiss')} @click=${this.handleDismiss}>
          ${icon(crossIcon)}
        </button>
      </div>
    `;
  }

  private renderTab(ctx: ViewContext): TemplateResult {
    const { records, tab } = this;
    const keep = (event: Event): void => keepPlace(tab, (event.target as HTMLElement & { state: unknown }).state);
    switch (tab) {
      case 'invoices':
        return html`<zk-invoices-page
          .ctx=${ctx}
          .api=${records}
          .state=${readPlace(tab) ?? initialInvoicesState}
          @zk-state-change=${keep}
        ></zk-invoices-page>`;
      case 'payments':
        return html`<zk-payments-page
          .ctx=${ctx}
          .api=${records}
          .state=${readPlace(tab) ?? initialPaymentsState}
          @zk-state-change=${keep}
          @zk-invoice-request=${({ invoiceId }: InvoiceRequestEvent) => this.handleInvoiceRequest(invoiceId)}
        ></zk-payments-page>`;
      case 'entitlements':
        return html`<zk-entitlements-page
          .ctx=${ctx}
          .api=${records}
          .state=${readPlace(tab) ?? initialEntitlementsState}
          @zk-state-change=${keep}
        ></zk-entitlements-page>`;
      case 'sessions':
        return html`<zk-console-list .ctx=${this.ctx} .definition=${this.sessions}></zk-console-list>`;
      case 'activity':
        return html`<zk-console-list .ctx=${this.ctx} .definition=${this.activity}></zk-console-list>`;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-customer-page': ZkCustomerPage;
  }
  interface HTMLElementEventMap {
    'zk-title': TitleEvent;
  }
}
