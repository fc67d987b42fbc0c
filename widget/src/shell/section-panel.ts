import type { Section } from '#contract/sessions.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PortalApi } from '../api/portal-api.ts';
import { shellMessages } from '../i18n/shell.en.ts';
import { innerParts } from '../ui/inner-parts.ts';
import { errorState } from '../ui/states/states.ts';
import { panelId, tabId } from '../ui/tabs/tabs.ts';
import type { ViewContext } from '../ui/view-context.ts';
import type { SectionLoader } from './section-loader.ts';
import type { ViewState } from './view-state.ts';

/** A section's page: where its reader is, and a way to load it again. */
export interface SectionPage extends HTMLElement {
  state: unknown;
  refresh(): Promise<void>;
}

interface PanelOptions {
  ctx: ViewContext;
  api: PortalApi;
  view: ViewState;
  loader: SectionLoader;
  isOpen: boolean;
  hasTab: boolean;
  /** The customer can go to the invoices from here. */
  hasInvoices: boolean;
  onMove: (event: Event) => void;
}

/** One section in its panel: named by its tab, or by its own name where it has no tab. */
export const sectionPanel = (section: Section, options: PanelOptions): TemplateResult => {
  const { ctx, isOpen, hasTab } = options;
  const label = ctx.localizer.in(shellMessages)(`shell.${section}`);
  return html`
    <div
      part="panel"
      id=${panelId(section)}
      role=${hasTab ? 'tabpanel' : 'region'}
      aria-labelledby=${hasTab ? tabId(section) : nothing}
      aria-label=${hasTab ? nothing : label}
      tabindex=${hasTab ? 0 : -1}
      ?hidden=${!isOpen}
    >
      ${content(section, options)}
    </div>
  `;
};

function content(section: Section, { ctx, api, view, loader, hasInvoices, onMove }: PanelOptions): TemplateResult {
  switch (loader.load(section)) {
    case 'loading':
      return html`<zk-outline .ctx=${ctx}></zk-outline>`;
    case 'failed':
      return errorState({
        localizer: ctx.localizer,
        failure: { code: navigator.onLine ? 'network_error' : 'offline', requestId: null },
        retry: () => loader.retry(section),
      });
    case 'loaded':
  }
  switch (section) {
    case 'invoices':
      return html`<zk-invoices-page
        exportparts=${innerParts}
        .ctx=${ctx}
        .api=${api}
        .state=${view.invoices}
        @zk-state-change=${onMove}
      ></zk-invoices-page>`;
    case 'payments':
      return html`<zk-payments-page
        exportparts=${innerParts}
        .ctx=${ctx}
        .api=${api}
        .state=${view.payments}
        .unlinked=${!hasInvoices}
        @zk-state-change=${onMove}
      ></zk-payments-page>`;
    case 'entitlements':
      return html`<zk-entitlements-page
        exportparts=${innerParts}
        .ctx=${ctx}
        .api=${api}
        .state=${view.entitlements}
        @zk-state-change=${onMove}
      ></zk-entitlements-page>`;
    case 'profile':
      return html`<zk-profile-page exportparts=${innerParts} .ctx=${ctx} .api=${api}></zk-profile-page>`;
  }
}
