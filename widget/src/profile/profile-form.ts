import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { profileMessages } from '../i18n/profile.en.ts';
import type { ViewContext } from '../ui/view-context.ts';
import type { Country } from './countries.ts';
import { field } from './field.ts';
import type { FieldOptions } from './field.ts';
import { emptyTax } from './profile-draft.ts';
import type { AddressDraft, ProfileDraft, TaxDraft } from './profile-draft.ts';
import type { Problems } from './profile-problems.ts';
import { taxCodeName, taxCodes } from './tax-codes.ts';

export interface ProfileForm {
  ctx: ViewContext;
  countries: readonly Country[];
  draft: ProfileDraft;
  problems: Problems;
  onChange: (part: Partial<ProfileDraft>, path: string) => void;
  /** The customer has left the field at `path`. */
  onLeave: (path: string) => void;
}

/** The fields of the profile, as they stand in the draft. */
export const profileFields = (form: ProfileForm): TemplateResult => {
  const t = form.ctx.localizer.in(profileMessages);
  const { draft, onChange } = form;
  return html`
    <fieldset>
      <legend>${t('profile.contact')}</legend>
      ${field({
        ...bound(form, 'customer_name'),
        label: t('profile.name'),
        value: draft.customer_name,
        autocomplete: 'organization',
        onInput: (value) => onChange({ customer_name: value }, 'customer_name'),
      })}
      ${field({
        ...bound(form, 'email'),
        label: t('profile.email'),
        optional: t('profile.optional'),
        type: 'email',
        width: 'half',
        maxLength: 320,
        value: draft.email,
        autocomplete: 'email',
        onInput: (value) => onChange({ email: value }, 'email'),
      })}
      ${field({
        ...bound(form, 'phone_number'),
        label: t('profile.phone'),
        optional: t('profile.optional'),
        type: 'tel',
        width: 'half',
        maxLength: 32,
        value: draft.phone_number,
        autocomplete: 'tel',
        onInput: (value) => onChange({ phone_number: value }, 'phone_number'),
      })}
    </fieldset>
    <fieldset>
      <legend>${t('profile.address')}</legend>
      ${addressFields(form, 'address')}
    </fieldset>
    <fieldset>
      <legend>${t('profile.ship_to_address')}</legend>
      <label class="check">
        <input
          type="checkbox"
          .checked=${draft.isShippedToBilling}
          @change=${(event: Event) =>
            onChange({ isShippedToBilling: (event.target as HTMLInputElement).checked }, 'ship_to_address')}
        />
        ${t('profile.same_address')}
      </label>
      ${draft.isShippedToBilling ? nothing : addressFields(form, 'ship_to_address')}
    </fieldset>
    ${taxFields(form)}
  `;
};

const bound = (
  { problems, onLeave }: ProfileForm,
  path: string,
): Pick<FieldOptions, 'path' | 'problem' | 'onLeave'> => ({
  path,
  problem: problems[path],
  onLeave: () => onLeave(path),
});

const addressLines = [
  { key: 'line1', label: 'profile.line1', autocomplete: 'address-line1' },
  { key: 'line2', label: 'profile.line2', autocomplete: 'address-line2' },
  { key: 'line3', label: 'profile.line3', autocomplete: 'address-line3' },
  { key: 'city', label: 'profile.city', width: 'third', autocomplete: 'address-level2' },
  { key: 'state', label: 'profile.state', width: 'third', autocomplete: 'address-level1' },
  { key: 'zipCode', label: 'profile.zip_code', width: 'third', autocomplete: 'postal-code', maxLength: 32 },
] as const;

function addressFields(form: ProfileForm, name: 'address' | 'ship_to_address'): TemplateResult {
  const t = form.ctx.localizer.in(profileMessages);
  const address = form.draft[name];
  const purpose = name === 'address' ? 'billing' : 'shipping';
  const change = (part: Partial<AddressDraft>, path: string): void =>
    form.onChange({ [name]: { ...address, ...part } }, path);
  return html`
    ${addressLines
      .filter(({ key }) => key !== 'line3' || address.line3 !== '')
      .map(({ key, label, autocomplete, ...rest }) =>
        field({
          ...bound(form, `${name}.${key}`),
          ...rest,
          label: t(label),
          value: address[key],
          autocomplete: `${purpose} ${autocomplete}`,
          onInput: (value) => change({ [key]: value }, `${name}.${key}`),
        }),
      )}
    ${field({
      ...bound(form, `${name}.country_code`),
      label: t('profile.country'),
      value: address.country_code,
      autocomplete: `${purpose} country`,
      options: countryOptions(form),
      onInput: (value) => change({ country_code: value }, `${name}.country_code`),
    })}
  `;
}

const countryOptions = ({ ctx, countries }: ProfileForm): { value: string; label: string }[] => [
  { value: '', label: ctx.localizer.in(profileMessages)('profile.choose_country') },
  ...countries.map(({ code, name }) => ({ value: code, label: name })),
];

function taxFields(form: ProfileForm): TemplateResult {
  const t = form.ctx.localizer.in(profileMessages);
  const { tax_info: taxes } = form.draft;
  const replace = (changed: TaxDraft[]): void => form.onChange({ tax_info: changed }, 'tax_info');
  return html`
    <fieldset>
      <legend>${t('profile.tax_info')}</legend>
      ${taxes.length === 0 ? html`<p class="muted wide">${t('profile.tax_none')}</p>` : nothing}
      ${taxes.map((tax, index) => taxRow(form, tax, index))}
      <button
        part="button"
        class="button wide"
        type="button"
        ?disabled=${taxes.length >= 20}
        @click=${() => replace([...taxes, emptyTax])}
      >
        ${t('profile.tax_add')}
      </button>
    </fieldset>
  `;
}

function taxRow(form: ProfileForm, tax: TaxDraft, index: number): TemplateResult {
  const t = form.ctx.localizer.in(profileMessages);
  const { tax_info: taxes } = form.draft;
  const number = index + 1;
  const change = (part: Partial<TaxDraft>, key: keyof TaxDraft): void =>
    form.onChange({ tax_info: taxes.with(index, { ...tax, ...part }) }, `tax_info.${index}.${key}`);
  const known = Object.keys(taxCodes);
  const codes = tax.tax_code && !known.includes(tax.tax_code) ? [tax.tax_code, ...known] : known;
  return html`
    <div class="tax" role="group" aria-label=${t('profile.tax_number', { number })}>
      ${field({
        ...bound(form, `tax_info.${index}.country_code`),
        label: t('profile.country'),
        value: tax.country_code,
        options: countryOptions(form),
        onInput: (value) => change({ country_code: value }, 'country_code'),
      })}
      ${field({
        ...bound(form, `tax_info.${index}.tax_code`),
        label: t('profile.tax_code'),
        value: tax.tax_code,
        options: [
          { value: '', label: t('profile.choose_tax_code') },
          ...codes.map((code) => ({ value: code, label: taxCodeName(code) })),
        ],
        onInput: (value) => change({ tax_code: value }, 'tax_code'),
      })}
      ${field({
        ...bound(form, `tax_info.${index}.tax_id`),
        label: t('profile.tax_id'),
        value: tax.tax_id,
        maxLength: 64,
        onInput: (value) => change({ tax_id: value }, 'tax_id'),
      })}
      <button
        part="button"
        class="button"
        type="button"
        aria-label=${t('profile.tax_remove_label', { number })}
        @click=${() => form.onChange({ tax_info: taxes.toSpliced(index, 1) }, 'tax_info')}
      >
        ${t('profile.tax_remove')}
      </button>
    </div>
  `;
}
