import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { base } from '../base.styles.ts';
import type { ViewContext } from '../view-context.ts';
import { skeletonRows } from './skeleton.ts';
import { skeletonStyles } from './skeleton.styles.ts';

/** What an outline is of. */
export type Outline = 'portal' | 'portal-without-header' | 'section' | 'summary';

/** @summary The outline of what is on its way, in the places where it will be. */
export class ZkOutline extends LitElement {
  static override styles = [
    base,
    skeletonStyles,
    css`
      :host {
        display: block;
      }
      .bars {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: calc(var(--zk-space) * 4);
        min-block-size: calc(var(--zk-space) * 10);
      }
      .bars i {
        flex: 0 1 calc(var(--zk-space) * 28);
      }
      .tall {
        min-block-size: calc(var(--zk-space) * 22);
      }
      @container (width < 560px) {
        .tall {
          min-block-size: calc(var(--zk-space) * 42);
        }
      }
    `,
  ];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) shape: Outline = 'section';

  override render(): unknown {
    const { ctx, shape } = this;
    return html`
      ${shape === 'portal' ? bars(2, '') : nothing} ${shape === 'section' ? nothing : bars(4, 'tall')}
      ${shape.startsWith('portal') ? bars(3, '') : nothing}
      ${shape === 'summary' ? nothing : skeletonRows({ ctx, rows: 10, columns: 5 })}
    `;
  }
}

const bars = (count: number, className: string): TemplateResult => html`
  <div class="skeleton bars ${className}">${Array.from({ length: count }, () => html`<i></i>`)}</div>
`;

declare global {
  interface HTMLElementTagNameMap {
    'zk-outline': ZkOutline;
  }
}
