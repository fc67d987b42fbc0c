import { profileMessages } from '../i18n/profile.en.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { countryName } from './countries.ts';
import type { AddressDraft, DraftField, ProfileDraft } from './profile-draft.ts';
import { taxCodeName } from './tax-codes.ts';

const labels = {
  customer_name: 'profile.name',
  email: 'profile.email',
  phone_number: 'profile.phone',
  address: 'profile.address',
  ship_to_address: 'profile.ship_to_address',
  tax_info: 'profile.tax_info',
} as const;

export const fieldLabel = (field: DraftField, { localizer }: ViewContext): string =>
  localizer.in(profileMessages)(labels[field]);

/** One field as lines of text; empty when there is nothing in it. */
export function fieldText(draft: ProfileDraft, field: DraftField, ctx: ViewContext): string {
  switch (field) {
    case 'address':
      return addressText(draft.address, ctx);
    case 'ship_to_address':
      return draft.isShippedToBilling
        ? ctx.localizer.in(profileMessages)('profile.same_address')
        : addressText(draft.ship_to_address, ctx);
    case 'tax_info':
      return draft.tax_info.map((tax) => `${taxCodeName(tax.tax_code)} ${tax.tax_id}`).join('\n');
    default:
      return draft[field];
  }
}

function addressText(address: AddressDraft, { locale }: ViewContext): string {
  const place = [address.zipCode, address.city, address.state].filter(Boolean).join(' ');
  const country = address.country_code ? countryName(address.country_code, locale) : '';
  return [address.line1, address.line2, address.line3, place, country].filter(Boolean).join('\n');
}
