import type { Branding } from '#contract/branding.ts';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { banner } from '../../../../widget/src/ui/banner/banner.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import { differingFields } from './branding-draft.ts';
import type { BrandingField } from './branding-draft.ts';
import { brandingMessages } from './branding.en.ts';

interface Conflict {
  ctx: ViewContext;
  theirs: Branding;
  yours: Branding;
  onTakeTheirs: () => void;
  onKeepYours: () => void;
}

/** Both looks, field by field, where they differ. */
export const brandingConflict = ({ ctx, theirs, yours, onTakeTheirs, onKeepYours }: Conflict): TemplateResult => {
  const t = ctx.localizer.in(brandingMessages);
  const words = (branding: Branding, field: BrandingField): string => {
    const value = branding[field];
    if (value === null) return t('branding.nothing_set');
    if (field === 'theme') return t(`branding.theme_${value as NonNullable<Branding['theme']>}`);
    return field === 'radius' ? t('branding.radius_value', { pixels: Number(value) }) : String(value);
  };
  return html`
    <div class="conflict" tabindex="-1" data-attention>
      ${banner(
        'danger',
        html`<strong>${t('branding.conflict')}</strong>
          <dl>
            ${differingFields(theirs, yours).map(
              (field) =>
                html`<div>
                  <dt>${t(`branding.${field}`)}</dt>
                  <dd>${t('branding.theirs')}: <b>${words(theirs, field)}</b></dd>
                  <dd>${t('branding.yours')}: <b>${words(yours, field)}</b></dd>
                </div>`,
            )}
          </dl>
          <div class="buttons">
            <button class="button" type="button" @click=${onTakeTheirs}>${t('branding.take_theirs')}</button>
            <button class="button" type="button" @click=${onKeepYours}>${t('branding.keep_yours')}</button>
          </div>`,
      )}
    </div>
  `;
};
