import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { alertIcon, icon } from '../../../../widget/src/ui/icons/icons.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import { accentFacts } from './accent-contrast.ts';
import { isColor, offeredFonts, systemFont } from './branding-draft.ts';
import type { BrandingDraft, BrandingField } from './branding-draft.ts';
import { brandingMessages } from './branding.en.ts';
import { choices } from './choices.ts';

export type Problems = Partial<Record<BrandingField, string>>;

export interface BrandingForm {
  ctx: ViewContext;
  draft: BrandingDraft;
  problems: Problems;
  /** The address of the logo, once it is no longer being typed. */
  shownLogo: string | null;
  /** The image at this address could not be loaded. */
  isLogoBroken: boolean;
  onLogo: (isBroken: boolean) => void;
  /** @param isTyped more of it may come at any moment */
  onChange: (part: Partial<BrandingDraft>, field: BrandingField, isTyped?: boolean) => void;
  /** Somebody has left the field. */
  onLeave: (field: BrandingField) => void;
}

const defaultAccent = '#4f46e5';
const defaultRadius = 8;
const largestRadius = 24;

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

/** Letter by letter, as against pasted: half an address is no image's. */
const isTyped = ({ inputType }: InputEvent): boolean => /^(insertText|delete)/.test(inputType);

const problemOf = ({ problems }: BrandingForm, field: BrandingField): unknown =>
  problems[field] ? html`<p class="problem" id="${field}-problem">${icon(alertIcon)}${problems[field]}</p>` : nothing;

const describedBy = ({ problems }: BrandingForm, field: BrandingField): string =>
  problems[field] ? `${field}-problem ${field}-hint` : `${field}-hint`;

const isInvalid = ({ problems }: BrandingForm, field: BrandingField): 'true' | 'false' =>
  problems[field] ? 'true' : 'false';

const logo = (form: BrandingForm): TemplateResult => {
  const t = form.ctx.localizer.in(brandingMessages);
  const { logo_url: value } = form.draft;
  const address = form.shownLogo;
  return html`
    <div class="field">
      <label for="logo_url">${t('branding.logo_url')}</label>
      <div class="line">
        <input
          class="input"
          id="logo_url"
          type="url"
          inputmode="url"
          autocomplete="off"
          spellcheck="false"
          maxlength="2048"
          placeholder="https://"
          .value=${value}
          aria-invalid=${isInvalid(form, 'logo_url')}
          aria-describedby=${describedBy(form, 'logo_url')}
          @input=${(event: InputEvent) => form.onChange({ logo_url: valueOf(event) }, 'logo_url', isTyped(event))}
          @change=${(event: Event) => form.onChange({ logo_url: valueOf(event) }, 'logo_url')}
          @blur=${() => form.onLeave('logo_url')}
        />
        ${
          address
            ? html`<img
                class="logo"
                ?hidden=${form.isLogoBroken}
                src=${address}
                alt=""
                referrerpolicy="no-referrer"
                @load=${() => form.onLogo(false)}
                @error=${() => form.onLogo(true)}
              />`
            : nothing
        }
      </div>
      ${problemOf(form, 'logo_url')}
      <p class="hint" id="logo_url-hint">
        ${
          address && form.isLogoBroken
            ? html`<span class="warning" role="status">${icon(alertIcon)}${t('branding.logo_failed')}</span>`
            : t('branding.logo_hint')
        }
      </p>
    </div>
  `;
};

const accentHint = ({ ctx, draft }: BrandingForm): string => {
  const t = ctx.localizer.in(brandingMessages);
  const accent = draft.accent.trim();
  if (!isColor(accent)) return accent === '' ? t('branding.default_accent_hint') : '';
  const facts = accentFacts(accent);
  const ratio = new Intl.NumberFormat(ctx.locale, { maximumFractionDigits: 1 }).format(
    Math.floor(facts.ratio * 10) / 10,
  );
  return [
    t(facts.textOn === 'white' ? 'branding.on_accent_white' : 'branding.on_accent_black', { ratio }),
    ...(facts.isDarkenedOnLight ? [t('branding.darker_links')] : []),
    ...(facts.isLightenedOnDark ? [t('branding.lighter_links')] : []),
  ].join(' ');
};

/** A colour input knows no other form. */
const sixDigits = (color: string): string => (color.length === 4 ? color.replace(/[^#]/g, '$&$&') : color);

const accent = (form: BrandingForm): TemplateResult => {
  const t = form.ctx.localizer.in(brandingMessages);
  const value = form.draft.accent.trim();
  const change = (event: Event): void => form.onChange({ accent: valueOf(event) }, 'accent');
  return html`
    <div class="field">
      <label for="accent">${t('branding.accent')}</label>
      <div class="line">
        <input
          class="swatch"
          type="color"
          aria-label=${t('branding.accent_picker')}
          .value=${isColor(value) ? sixDigits(value) : defaultAccent}
          @input=${change}
        />
        <input
          class="input short"
          id="accent"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          maxlength="7"
          placeholder=${defaultAccent}
          .value=${form.draft.accent}
          aria-invalid=${isInvalid(form, 'accent')}
          aria-describedby=${describedBy(form, 'accent')}
          @input=${change}
          @blur=${() => form.onLeave('accent')}
        />
        ${
          value === ''
            ? nothing
            : html`<button
                class="link"
                type="button"
                aria-label=${t('branding.default_accent')}
                @click=${() => form.onChange({ accent: '' }, 'accent')}
              >
                ${t('branding.default')}
              </button>`
        }
      </div>
      ${problemOf(form, 'accent')}
      <p class="hint" id="accent-hint" role="status">${accentHint(form)}</p>
    </div>
  `;
};

const radius = (form: BrandingForm): TemplateResult => {
  const t = form.ctx.localizer.in(brandingMessages);
  const pixels = form.draft.radius ?? defaultRadius;
  const words = t(pixels === 0 ? 'branding.radius_square' : 'branding.radius_value', { pixels });
  return html`
    <div class="field">
      <label for="radius">${t('branding.radius')}</label>
      <div class="line">
        <input
          id="radius"
          type="range"
          min="0"
          max=${largestRadius}
          step="1"
          .value=${String(pixels)}
          aria-valuetext=${words}
          @input=${(event: Event) => form.onChange({ radius: Number(valueOf(event)) }, 'radius')}
        />
        <output class="number" for="radius">${words}</output>
        ${
          form.draft.radius === null
            ? nothing
            : html`<button
                class="link"
                type="button"
                aria-label=${t('branding.default_radius')}
                @click=${() => form.onChange({ radius: null }, 'radius')}
              >
                ${t('branding.default')}
              </button>`
        }
      </div>
      ${problemOf(form, 'radius')}
    </div>
  `;
};

const own = 'own';

const font = (form: BrandingForm): TemplateResult => {
  const t = form.ctx.localizer.in(brandingMessages);
  const { font_family: value, isOwnFont } = form.draft;
  const options = [
    { value: '', label: t('branding.font_page') },
    { value: systemFont, label: t('branding.font_system') },
    ...offeredFonts,
    { value: own, label: t('branding.font_own') },
  ];
  const choose = (event: Event): void => {
    const chosen = valueOf(event);
    form.onChange(chosen === own ? { isOwnFont: true } : { isOwnFont: false, font_family: chosen }, 'font_family');
  };
  return html`
    <div class="field">
      <label for="font">${t('branding.font_family')}</label>
      <select class="input" id="font" autocomplete="off" aria-describedby="font_family-hint" @change=${choose}>
        ${options.map(
          (option) =>
            html`<option value=${option.value} .selected=${option.value === (isOwnFont ? own : value)}>
              ${option.label}
            </option>`,
        )}
      </select>
      ${
        isOwnFont
          ? html`<input
              class="input"
              id="font_family"
              aria-label=${t('branding.font_own_label')}
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              maxlength="200"
              placeholder="Inter, sans-serif"
              .value=${value}
              aria-invalid=${isInvalid(form, 'font_family')}
              aria-describedby=${describedBy(form, 'font_family')}
              @input=${(event: Event) => form.onChange({ font_family: valueOf(event) }, 'font_family')}
              @blur=${() => form.onLeave('font_family')}
            />`
          : nothing
      }
      ${problemOf(form, 'font_family')}
      <p class="hint" id="font_family-hint">${t('branding.font_hint')}</p>
    </div>
  `;
};

const theme = (form: BrandingForm): TemplateResult => {
  const t = form.ctx.localizer.in(brandingMessages);
  return html`
    <div class="field">
      ${choices({
        name: 'theme',
        legend: t('branding.theme'),
        options: [
          { value: 'page', label: t('branding.theme_page') },
          { value: 'auto', label: t('branding.theme_auto') },
          { value: 'light', label: t('branding.theme_light') },
          { value: 'dark', label: t('branding.theme_dark') },
        ],
        selected: form.draft.theme ?? 'page',
        onSelect: (value) => form.onChange({ theme: value === 'page' ? null : value }, 'theme'),
      })}
      <p class="hint">${t('branding.theme_hint')}</p>
      ${problemOf(form, 'theme')}
    </div>
  `;
};

/** The fields of the merchant's look, as they stand in the draft. */
export const brandingFormFields = (form: BrandingForm): TemplateResult =>
  html`${logo(form)} ${accent(form)} ${radius(form)} ${font(form)} ${theme(form)}`;
