import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { profileMessages } from '../i18n/profile.en.ts';
import type { ViewContext } from '../ui/view-context.ts';
import type { Country } from './countries.ts';
import { field } from './field.ts';
import type { FieldOptions } from './field.ts';
import { emptyTax } from './profile-draft.ts';
import type { ProfileDraft, TaxDraft } from './profile-draft.ts';
import type { Problems } from './profile-problems.ts';
import { taxCodeName, taxCodes } from './tax-codes.ts';

interface ProfileForm {
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
      ${contactFields.map(({ key, label, ...rest }) =>
        field({
          ...bound(form, key),
          ...rest,
          label: t(label),
          optional: key === 'customer_name' ? '' : t('profile.optional'),
          value: draft[key],
          onInput: (value) => onChange({ [key]: value }, key),
        }),
      )}
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

const contactFields = [
  { key: 'customer_name', label: 'profile.name', autocomplete: 'organization' },
  { key: 'email', label: 'profile.email', type: 'email', width: 'half', maxLength: 320, autocomplete: 'email' },
  { key: 'phone_number', label: 'profile.phone', type: 'tel', width: 'half', maxLength: 32, autocomplete: 'tel' },
] as const;

const addressLines = [
  { key: 'line1', label: 'profile.line1', autocomplete: 'address-line1' },
  { key: 'line2', label: 'profile.line2', autocomplete: 'address-line2' },
  { key: 'line3', label: 'profile.line3', autocomplete: 'address-line3' },
  { key: 'city', label: 'profile.city', width: 'third', autocomplete: 'address-level2' },
  { key: 'state', label: 'profile.state', width: 'third', autocomplete: 'address-level1' },
  { key: 'zipCode', label: 'profile.zip_code', width: 'third', autocomplete: 'postal-code', maxLength: 32 },
  { key: 'country_code', label: 'profile.country', autocomplete: 'country' },
] as const;

function addressFields(form: ProfileForm, name: 'address' | 'ship_to_address'): TemplateResult {
  const t = form.ctx.localizer.in(profileMessages);
  const address = form.draft[name];
  const purpose = name === 'address' ? 'billing' : 'shipping';
  return html`${addressLines
    .filter(({ key }) => key !== 'line3' || address.line3 !== '')
    .map(({ key, label, autocomplete, ...rest }) =>
      field({
        ...bound(form, `${name}.${key}`),
        ...rest,
        ...(key === 'country_code' && { options: countryOptions(form) }),
        label: t(label),
        value: address[key],
        autocomplete: `${purpose} ${autocomplete}`,
        onInput: (value) => form.onChange({ [name]: { ...address, [key]: value } }, `${name}.${key}`),
      }),
    )}`;
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
  const control = (
    key: keyof TaxDraft,
    options: Pick<FieldOptions, 'label' | 'options' | 'maxLength'>,
  ): TemplateResult => {
    const path = `tax_info.${index}.${key}`;
    return field({
      ...bound(form, path),
      ...options,
      value: tax[key],
      onInput: (value) => form.onChange({ tax_info: taxes.with(index, { ...tax, [key]: value }) }, path),
    });
  };
  const codes = tax.tax_code && !taxCodes.includes(tax.tax_code) ? [tax.tax_code, ...taxCodes] : taxCodes;
  return html`
    <div class="tax" role="group" aria-label=${t('profile.tax_number', { number })}>
      ${control('country_code', { label: t('profile.country'), options: countryOptions(form) })}
      ${control('tax_code', {
        label: t('profile.tax_code'),
        options: [
          { value: '', label: t('profile.choose_tax_code') },
          ...codes.map((code) => ({ value: code, label: taxCodeName(code) })),
        ],
      })}
      ${control('tax_id', { label: t('profile.tax_id'), maxLength: 64 })}
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
