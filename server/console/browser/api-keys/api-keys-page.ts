import type { ConsoleApiKey } from '#contract/console.ts';
import { css, html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { dataTable } from '../../../../widget/src/ui/data-table/data-table.ts';
import type { Column } from '../../../../widget/src/ui/data-table/data-table.ts';
import { listViewStyles } from '../../../../widget/src/ui/list-view/list-view.styles.ts';
import { emptyState, errorState, failureOf } from '../../../../widget/src/ui/states/states.ts';
import { statusPill } from '../../../../widget/src/ui/status-pill/status-pill.ts';
import { dateValue } from '../../../../widget/src/ui/value/value.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import { renderTask } from '../../../../widget/src/ui/task/render-task.ts';
import { Task } from '../../../../widget/src/ui/task/task.ts';
import type { ConsoleClient } from '../console-client.ts';
import { consoleMessages } from '../console.en.ts';
import { pageStyles } from '../page.styles.ts';
import { timeValue } from '../time-value.ts';

/** @summary The keys with which the merchant's backend makes sessions. Their secrets are not known here. */
export class ZkApiKeysPage extends LitElement {
  static override styles = [
    ...listViewStyles,
    pageStyles,
    css`
      code {
        font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
        font-size: calc(13em / 14);
      }
      zk-snippet {
        margin-block: calc(var(--zk-space) * 4) calc(var(--zk-space) * 6);
      }
    `,
  ];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) client!: ConsoleClient;
  @property({ attribute: false }) organisationId = '';

  private readonly keys = new Task(this, {
    task: ([client], { signal }) => client.call('GET /console/api/api_keys', { signal }),
    args: () => [this.client] as const,
  });

  private get columns(): Column<ConsoleApiKey>[] {
    const { ctx } = this;
    const t = ctx.localizer.in(consoleMessages);
    return [
      { key: 'name', label: t('api_keys.name'), cell: ({ name }) => name },
      {
        key: 'key',
        label: t('api_keys.key'),
        cell: ({ prefix, last_four: lastFour }) => html`<code>${prefix}…${lastFour}</code>`,
      },
      {
        key: 'status',
        label: t('api_keys.status'),
        card: 'corner',
        cell: ({ revoked_at: revokedAt }) =>
          revokedAt === null
            ? statusPill('success', t('api_keys.active'))
            : statusPill('neutral', t('api_keys.revoked')),
      },
      { key: 'scopes', label: t('api_keys.scopes'), cell: ({ scopes }) => scopes.join(', ') },
      { key: 'created_at', label: t('api_keys.created'), cell: (key) => dateValue(key.created_at, ctx) },
      {
        key: 'last_used_at',
        label: t('api_keys.last_used'),
        cell: ({ last_used_at: lastUsedAt }) =>
          lastUsedAt === null ? html`<span class="muted">${t('api_keys.never')}</span>` : timeValue(lastUsedAt, ctx),
      },
    ];
  }

  override render(): unknown {
    const { ctx } = this;
    const t = ctx.localizer.in(consoleMessages);
    return html`
      <h1 tabindex="-1">${t('api_keys.title')}</h1>
      <p class="muted intro">${t('api_keys.intro')}</p>
      <zk-snippet
        .localizer=${ctx.localizer}
        .code=${`npm run --silent portal -- key create --organisation ${this.organisationId} --name Backend`}
        label=${t('api_keys.copy')}
      ></zk-snippet>
      ${renderTask(this.keys, {
        pending: () => html`<zk-outline .ctx=${ctx}></zk-outline>`,
        error: (error) =>
          errorState({ localizer: ctx.localizer, failure: failureOf(error), retry: () => void this.keys.run() }),
        complete: ({ results }) => this.renderKeys(results),
      })}
    `;
  }

  private renderKeys(keys: readonly ConsoleApiKey[]): TemplateResult {
    const t = this.ctx.localizer.in(consoleMessages);
    return keys.length === 0
      ? emptyState({ title: t('api_keys.empty'), text: t('api_keys.empty_text') })
      : dataTable({
          ctx: this.ctx,
          label: t('api_keys.title'),
          columns: this.columns,
          rows: keys,
          sort: { key: '', isDescending: false },
          onSort: () => undefined,
          isBusy: false,
        });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-api-keys-page': ZkApiKeysPage;
  }
}
