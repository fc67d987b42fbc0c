import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { profileMessages } from '../i18n/profile.en.ts';
import type { ViewContext } from '../ui/view-context.ts';
import type { DraftField, ProfileDraft } from './profile-draft.ts';
import { fieldLabel, fieldText } from './profile-text.ts';

export type Choice = 'mine' | 'theirs';

export interface ConflictOptions {
  ctx: ViewContext;
  draft: ProfileDraft;
  theirs: ProfileDraft;
  choices: ReadonlyMap<DraftField, Choice>;
  onChoose: (field: DraftField, choice: Choice) => void;
}

/** Both values of every field that was changed here and elsewhere. Whoever saves has seen them. */
export const profileConflict = ({ ctx, draft, theirs, choices, onChoose }: ConflictOptions): TemplateResult => {
  const t = ctx.localizer.in(profileMessages);
  const option = (field: DraftField, choice: Choice, values: ProfileDraft): TemplateResult => html`
    <label class="choice">
      <input
        type="radio"
        name="choice-${field}"
        .checked=${choices.get(field) === choice}
        @change=${() => onChoose(field, choice)}
      />
      <span>${t(choice === 'mine' ? 'profile.keep_mine' : 'profile.use_theirs')}</span>
      <span class="value muted">${fieldText(values, field, ctx) || t('profile.nothing')}</span>
    </label>
  `;
  return html`
    <section class="conflict" role="alert" tabindex="-1" data-attention>
      <div>
        <h3>${t('profile.conflict')}</h3>
        <p class="muted">${t('profile.conflict_text')}</p>
      </div>
      ${[...choices.keys()].map(
        (field) => html`
          <fieldset>
            <legend>${fieldLabel(field, ctx)}</legend>
            ${option(field, 'mine', draft)} ${option(field, 'theirs', theirs)}
          </fieldset>
        `,
      )}
    </section>
  `;
};
