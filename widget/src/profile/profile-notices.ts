import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { profileMessages } from '../i18n/profile.en.ts';
import { banner } from '../ui/banner/banner.ts';
import { checkCircleIcon, icon } from '../ui/icons/icons.ts';
import { failureOf } from '../ui/states/states.ts';
import type { ViewContext } from '../ui/view-context.ts';
import type { Problems } from './profile-problems.ts';

/** How saving went last. */
export type SaveOutcome =
  { readonly kind: 'none' | 'saving' | 'saved' | 'unchanged' } | { readonly kind: 'failed'; readonly error: unknown };

/** What has to be put right before saving; each entry leads to its field. */
export const problemSummary = (
  problems: Problems,
  ctx: ViewContext,
  onChoose: (path: string) => void,
): TemplateResult => {
  const entries = Object.entries(problems);
  const title = ctx.localizer.in(profileMessages)('profile.problems', { count: entries.length });
  return html`
    <div tabindex="-1" data-attention>
      ${banner(
        'danger',
        html`<strong>${title}</strong>
          <ul class="problem-list">
            ${entries.map(
              ([path, problem]) =>
                html`<li><button class="link" type="button" @click=${() => onChoose(path)}>${problem}</button></li>`,
            )}
          </ul>`,
      )}
    </div>
  `;
};

/** Saving failed for no reason that a field could show. */
export const saveFailure = (error: unknown, ctx: ViewContext): TemplateResult => {
  const requestId = failureOf(error)?.requestId;
  return html`
    <div tabindex="-1" data-attention>
      ${banner(
        'danger',
        html`${ctx.localizer.in(profileMessages)('profile.save_failed')}
        ${requestId ? html`<br />${ctx.localizer.t('state.request_id', { id: requestId })}` : nothing}`,
      )}
    </div>
  `;
};

/** Save, discard, and a word on how it went, in a region that is announced. */
export const formActions = (options: {
  ctx: ViewContext;
  outcome: SaveOutcome;
  canDiscard: boolean;
  onDiscard: () => void;
}): TemplateResult => {
  const t = options.ctx.localizer.in(profileMessages);
  const { kind } = options.outcome;
  return html`
    <div class="actions">
      <button
        part="primary-button"
        class="button primary"
        type="submit"
        aria-disabled=${kind === 'saving' ? 'true' : 'false'}
      >
        ${t(kind === 'saving' ? 'profile.saving' : 'profile.save')}
      </button>
      ${
        options.canDiscard
          ? html`<button part="button" class="button" type="button" @click=${options.onDiscard}>
              ${t('profile.discard')}
            </button>`
          : nothing
      }
      <span class="saved" role="status" data-live>
        ${kind === 'saved' ? html`${icon(checkCircleIcon)}${t('profile.saved')}` : nothing}
        ${kind === 'unchanged' ? t('profile.unchanged') : nothing}
      </span>
    </div>
  `;
};
