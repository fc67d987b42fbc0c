import { html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { profileConflictMessages } from '../../i18n/profile-conflict.en.ts';
import { base } from '../../ui/base.styles.ts';
import type { ViewContext } from '../../ui/view-context.ts';
import type { DraftField, ProfileDraft } from '../profile-draft.ts';
import { fieldLabel, fieldText } from '../profile-text.ts';
import { ConflictChoiceEvent } from './conflict-choice-event.ts';
import type { Choice } from './conflict-choice-event.ts';
import { profileConflictStyles } from './profile-conflict.styles.ts';

/** What was changed here and elsewhere, and which of the two is to be kept. */
export interface Conflict {
  theirs: ProfileDraft;
  choices: ReadonlyMap<DraftField, Choice>;
}

/**
 * @summary Both values of every field that was changed here and elsewhere. Whoever saves has seen them.
 * @event zk-conflict-choice - The customer chose one of the two.
 */
export class ZkProfileConflict extends LitElement {
  static override styles = [base, profileConflictStyles];

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) draft!: ProfileDraft;
  @property({ attribute: false }) conflict!: Conflict;

  override render(): unknown {
    const { ctx, conflict } = this;
    const t = ctx.localizer.in(profileConflictMessages);
    return html`
      <div>
        <h3>${t('profile.conflict')}</h3>
        <p class="muted">${t('profile.conflict_text')}</p>
      </div>
      ${[...conflict.choices.keys()].map(
        (field) => html`
          <fieldset>
            <legend>${fieldLabel(field, ctx)}</legend>
            ${this.renderOption(field, 'mine', this.draft)} ${this.renderOption(field, 'theirs', conflict.theirs)}
          </fieldset>
        `,
      )}
    `;
  }

  private renderOption(field: DraftField, choice: Choice, values: ProfileDraft): TemplateResult {
    const { ctx } = this;
    const t = ctx.localizer.in(profileConflictMessages);
    return html`
      <label>
        <input
          type="radio"
          name=${field}
          .checked=${this.conflict.choices.get(field) === choice}
          @change=${() => this.dispatchEvent(new ConflictChoiceEvent(field, choice))}
        />
        <span>${t(choice === 'mine' ? 'profile.keep_mine' : 'profile.use_theirs')}</span>
        <span class="value muted">${fieldText(values, field, ctx) || t('profile.nothing')}</span>
      </label>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-profile-conflict': ZkProfileConflict;
  }
}
