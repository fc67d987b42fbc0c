import type { EmbedSettings } from '#contract/console.ts';
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../../../../widget/src/ui/base.styles.ts';
import { skeletonLines } from '../../../../widget/src/ui/skeleton/skeleton-lines.ts';
import { skeletonLinesStyles } from '../../../../widget/src/ui/skeleton/skeleton-lines.styles.ts';
import { errorState, failureOf } from '../../../../widget/src/ui/states/states.ts';
import { statesStyles } from '../../../../widget/src/ui/states/states.styles.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import { renderTask } from '../../../../widget/src/ui/task/render-task.ts';
import { Task } from '../../../../widget/src/ui/task/task.ts';
import type { ConsoleClient } from '../console-client.ts';
import { consoleMessages } from '../console.en.ts';
import { pageStyles } from '../page.styles.ts';
import { backendCode, pageCode, pinnedCode } from './embed-code.ts';

/** @summary How to bring the portal into the merchant's website, with the organisation's own values filled in. */
export class ZkEmbedPage extends LitElement {
  static override styles = [
    base,
    pageStyles,
    skeletonLinesStyles,
    statesStyles,
    css`
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: calc(var(--zk-space) * 2);
        margin-block-start: calc(var(--zk-space) * 8);
      }
      h2 {
        font-size: calc(16em / 14);
      }
      ul {
        list-style: none;
      }
      li {
        padding-block: calc(var(--zk-space) * 2.5);
        border-block-end: 1px solid var(--zk-border);
      }
      code {
        font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
        font-size: calc(13em / 14);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) client!: ConsoleClient;

  private readonly settings = new Task(this, {
    task: ([client], { signal }) => client.call('GET /console/api/embed', { signal }),
    args: () => [this.client] as const,
  });

  override render(): unknown {
    const { ctx } = this;
    const t = ctx.localizer.in(consoleMessages);
    return html`
      <h1 tabindex="-1">${t('embed.title')}</h1>
      ${renderTask(this.settings, {
        pending: () => skeletonLines({ ctx, lines: 8 }),
        error: (error) =>
          errorState({
            localizer: ctx.localizer,
            failure: failureOf(error),
            retry: () => void this.settings.run(),
          }),
        complete: (settings) => this.renderSettings(settings),
      })}
    `;
  }

  private renderSettings(settings: EmbedSettings): TemplateResult {
    const { localizer } = this.ctx;
    const t = localizer.in(consoleMessages);
    return html`
      <p class="muted intro">${t('embed.intro')}</p>
      <section>
        <h2>${t('embed.page')}</h2>
        <p class="muted">${t('embed.page_text')}</p>
        <zk-snippet .localizer=${localizer} .code=${pageCode(settings)} label=${t('embed.copy_page')}></zk-snippet>
      </section>
      <section>
        <h2>${t('embed.backend')}</h2>
        <p class="muted">${t('embed.backend_text')}</p>
        <zk-snippet
          .localizer=${localizer}
          .code=${backendCode(settings)}
          label=${t('embed.copy_backend')}
        ></zk-snippet>
      </section>
      ${
        settings.pinned_script
          ? html`<section>
              <h2>${t('embed.pinned')}</h2>
              <p class="muted">${t('embed.pinned_text')}</p>
              <zk-snippet
                .localizer=${localizer}
                .code=${pinnedCode(settings.pinned_script)}
                label=${t('embed.copy_pinned')}
              ></zk-snippet>
            </section>`
          : nothing
      }
      ${this.renderOrigins('origins', settings.allowed_origins)}
      ${this.renderOrigins('return_origins', settings.return_origins)}
    `;
  }

  private renderOrigins(kind: 'origins' | 'return_origins', origins: readonly string[]): TemplateResult {
    const t = this.ctx.localizer.in(consoleMessages);
    return html`
      <section>
        <h2>${t(`embed.${kind}`)}</h2>
        ${
          origins.length === 0
            ? html`<p class="muted">${t(`embed.no_${kind}`)}</p>`
            : html`<p class="muted">${t(`embed.${kind}_text`)}</p>
                <ul>
                  ${origins.map((origin) => html`<li><code>${origin}</code></li>`)}
                </ul>`
        }
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-embed-page': ZkEmbedPage;
  }
}
