import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { profileMessages } from '../../i18n/profile.en.ts';
import { base } from '../../ui/base.styles.ts';
import { missingValue } from '../../ui/value/value.ts';
import type { ViewContext } from '../../ui/view-context.ts';
import { draftFields } from '../profile-draft.ts';
import type { ProfileDraft } from '../profile-draft.ts';
import { fieldLabel, fieldText } from '../profile-text.ts';

/** @summary The profile to read only. */
export class ZkProfileFacts extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
        gap: calc(var(--zk-space) * 3) calc(var(--zk-space) * 4);
        margin-block-start: calc(var(--zk-space) * 6);
      }
      dt {
        color: var(--zk-muted);
      }
      dd {
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
      @container (width < 560px) {
        dl {
          grid-template-columns: minmax(0, 1fr);
        }
        dd {
          margin-block-end: calc(var(--zk-space) * 2);
        }
      }
    `,
  ];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) draft!: ProfileDraft;

  override render(): unknown {
    const { ctx, draft } = this;
    return html`
      <p class="muted">${ctx.localizer.in(profileMessages)('profile.read_only')}</p>
      <dl>
        ${draftFields.map(
          (field) =>
            html`<dt>${fieldLabel(field, ctx)}</dt>
              <dd>${fieldText(draft, field, ctx) || missingValue(ctx)}</dd>`,
        )}
      </dl>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-profile-facts': ZkProfileFacts;
  }
}
