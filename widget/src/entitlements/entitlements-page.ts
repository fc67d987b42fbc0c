import type { PortalEntitlement } from '#contract/entitlements.ts';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PortalApi } from '../api/portal-api.ts';
import { entitlementsMessages } from '../i18n/entitlements.en.ts';
import { base } from '../ui/base.styles.ts';
import { innerParts } from '../ui/inner-parts.ts';
import { StateChangeEvent } from '../ui/list-view/list-state.ts';
import { liveRegion } from '../ui/live-region/live-region.ts';
import { meterStyles } from '../ui/meter/meter.styles.ts';
import { emptyState, errorState, failureOf } from '../ui/states/states.ts';
import { statesStyles } from '../ui/states/states.styles.ts';
import { statusPillStyles } from '../ui/status-pill/status-pill.styles.ts';
import { renderTask } from '../ui/task/render-task.ts';
import { Task } from '../ui/task/task.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { entitlementRow } from './entitlement-row.ts';
import { entitlementsStyles } from './entitlements.styles.ts';

export interface EntitlementsState {
  /** The expired ones are unfolded. */
  isExpiredOpen: boolean;
}

export const initialEntitlementsState: EntitlementsState = { isExpiredOpen: false };

/**
 * @summary What the customer may use, how much of it is left, and what has expired.
 * @event zk-state-change - The reader moved; read `state`.
 */
export class ZkEntitlementsPage extends LitElement {
  static override styles = [base, meterStyles, statesStyles, statusPillStyles, entitlementsStyles];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) api!: Pick<PortalApi, 'listEntitlements' | 'getFile'>;
  @property({ attribute: false }) state: EntitlementsState = initialEntitlementsState;

  private readonly list = new Task(this, {
    task: ([api], { signal }) => listAll(api, signal),
    args: () => [this.api] as const,
  });

  private handleToggle(event: Event): void {
    const isExpiredOpen = (event.target as HTMLDetailsElement).open;
    if (isExpiredOpen === this.state.isExpiredOpen) return;
    this.state = { ...this.state, isExpiredOpen };
    this.dispatchEvent(new StateChangeEvent());
  }

  /** Loads everything again. */
  refresh(): Promise<void> {
    return this.list.run();
  }

  override render(): unknown {
    const { ctx, list } = this;
    const t = ctx.localizer.in(entitlementsMessages);
    return html`
      <h2 class="visually-hidden" tabindex="-1">${t('entitlements.title')}</h2>
      ${liveRegion(list.value ? t('entitlements.count', { count: list.value.length }) : '')}
      ${renderTask(list, {
        pending: () => (list.value ? this.renderAll(list.value) : html`<zk-outline .ctx=${ctx}></zk-outline>`),
        error: (error) =>
          errorState({ localizer: ctx.localizer, failure: failureOf(error), retry: () => void list.run() }),
        complete: (entitlements) =>
          entitlements.length === 0
            ? emptyState({ title: t('entitlements.empty'), text: t('entitlements.empty_text') })
            : this.renderAll(entitlements),
      })}
    `;
  }

  private renderAll(entitlements: readonly PortalEntitlement[]): TemplateResult {
    const t = this.ctx.localizer.in(entitlementsMessages);
    const expired = entitlements.filter(({ status }) => status === 'expired');
    const rows = (some: readonly PortalEntitlement[]): TemplateResult =>
      html`<ul>
        ${some.map((entitlement) => entitlementRow(entitlement, this.ctx))}
      </ul>`;
    return html`
      <zk-export-menu
        exportparts=${innerParts}
        .ctx=${this.ctx}
        .api=${this.api}
        .list=${'entitlements'}
      ></zk-export-menu>
      ${rows(entitlements.filter(({ status }) => status !== 'expired'))}
      ${
        expired.length === 0
          ? nothing
          : html`<details ?open=${this.state.isExpiredOpen} @toggle=${this.handleToggle}>
              <summary>${t('entitlements.expired', { count: expired.length })}</summary>
              ${rows(expired)}
            </details>`
      }
    `;
  }
}

async function listAll(api: Pick<PortalApi, 'listEntitlements'>, signal: AbortSignal): Promise<PortalEntitlement[]> {
  const found: PortalEntitlement[] = [];
  let cursor: string | null = null;
  do {
    const page = await api.listEntitlements({ limit: 100, ...(cursor ? { cursor } : {}) }, signal);
    found.push(...page.results);
    cursor = page.next;
  } while (cursor);
  return found;
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-entitlements-page': ZkEntitlementsPage;
  }
}
