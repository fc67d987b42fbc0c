import type { Address, AddressInput } from '#contract/addresses.ts';
import type { Profile, ProfilePatch } from '#contract/profile.ts';

export interface AddressDraft {
  line1: string;
  line2: string;
  line3: string;
  city: string;
  state: string;
  zipCode: string;
  country_code: string;
}

export interface TaxDraft {
  country_code: string;
  tax_code: string;
  tax_id: string;
}

/** A profile as it stands in the form: text everywhere, nothing absent. */
export interface ProfileDraft {
  customer_name: string;
  email: string;
  phone_number: string;
  address: AddressDraft;
  /** The form's own field for "no shipping address of its own". */
  isShippedToBilling: boolean;
  ship_to_address: AddressDraft;
  tax_info: TaxDraft[];
}

export const draftFields = [
  'customer_name',
  'email',
  'phone_number',
  'address',
  'ship_to_address',
  'tax_info',
] as const satisfies readonly (keyof ProfilePatch)[];
/** What is saved, compared and chosen as one. */
export type DraftField = (typeof draftFields)[number];

export const emptyTax: TaxDraft = { country_code: '', tax_code: '', tax_id: '' };

const addressDraft = (address: Address | null): AddressDraft => ({
  line1: address?.line1 ?? '',
  line2: address?.line2 ?? '',
  line3: address?.line3 ?? '',
  city: address?.city ?? '',
  state: address?.state ?? '',
  zipCode: address?.zipCode ?? '',
  country_code: address?.country_code ?? '',
});

export const draftOf = (profile: Profile): ProfileDraft => ({
  customer_name: profile.customer_name,
  email: profile.email ?? '',
  phone_number: profile.phone_number ?? '',
  address: addressDraft(profile.address),
  isShippedToBilling: profile.ship_to_address === null,
  ship_to_address: addressDraft(profile.ship_to_address),
  tax_info: profile.tax_info.map((tax) => ({ ...tax })),
});

const orNull = (text: string): string | null => text.trim() || null;

function addressInput(address: AddressDraft): AddressInput | null {
  if (isBlank(address)) return null;
  return {
    line1: address.line1.trim(),
    line2: orNull(address.line2),
    line3: orNull(address.line3),
    city: orNull(address.city),
    state: orNull(address.state),
    zipCode: orNull(address.zipCode),
    country_code: orNull(address.country_code),
  };
}

/** Nothing was typed into any of its fields. */
export const isBlank = (part: AddressDraft | TaxDraft): boolean => Object.values(part).every((text) => !text.trim());

/** What a draft says, as the server takes it. */
const inputOf = (draft: ProfileDraft): Required<ProfilePatch> => ({
  customer_name: draft.customer_name.trim(),
  email: orNull(draft.email),
  phone_number: orNull(draft.phone_number),
  address: addressInput(draft.address),
  ship_to_address: draft.isShippedToBilling ? null : addressInput(draft.ship_to_address),
  tax_info: draft.tax_info
    .filter((tax) => !isBlank(tax))
    .map((tax) => ({ country_code: tax.country_code, tax_code: tax.tax_code.trim(), tax_id: tax.tax_id.trim() })),
});

/** One field of a draft as plain text, equal exactly where the server would be sent the same. */
const fingerprint = (draft: ProfileDraft, field: DraftField): string => JSON.stringify(inputOf(draft)[field]);

export const isSameField = (a: ProfileDraft, b: ProfileDraft, field: DraftField): boolean =>
  fingerprint(a, field) === fingerprint(b, field);

/** Only the fields in which `draft` differs from `stored`. */
export function patchOf(draft: ProfileDraft, stored: ProfileDraft): ProfilePatch {
  const input = inputOf(draft);
  return Object.fromEntries(
    draftFields.filter((field) => !isSameField(draft, stored, field)).map((field) => [field, input[field]]),
  );
}

export const isChanged = (draft: ProfileDraft, stored: ProfileDraft): boolean =>
  draftFields.some((field) => !isSameField(draft, stored, field));

/** `target` with one field taken from `from`. */
export function takeField(target: ProfileDraft, from: ProfileDraft, field: DraftField): ProfileDraft {
  const taken = { ...target, [field]: structuredClone(from[field]) };
  return field === 'ship_to_address' ? { ...taken, isShippedToBilling: from.isShippedToBilling } : taken;
}
