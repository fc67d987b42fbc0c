import type { ErrorDetail } from '#contract/errors.ts';
import type { Translate } from '../i18n/localize.ts';
import type { profileMessages } from '../i18n/profile.en.ts';
import { isBlank } from './profile-draft.ts';
import type { AddressDraft, ProfileDraft, TaxDraft } from './profile-draft.ts';

/** What is wrong, by the path of the field: `email`, `address.line1`, `tax_info.0.tax_id`. */
export type Problems = Readonly<Record<string, string>>;

type Texts = Translate<typeof profileMessages>;

const email = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
const phone = /^\+?[0-9 ()./-]{4,32}$/;

/** Checks what the server would refuse, so that it can be said at once. The server has the last word. */
export function problemsIn(draft: ProfileDraft, t: Texts): Problems {
  return {
    ...(draft.customer_name.trim() ? {} : { customer_name: t('profile.name_missing') }),
    ...(isFine(draft.email, email) ? {} : { email: t('profile.email_invalid') }),
    ...(isFine(draft.phone_number, phone) ? {} : { phone_number: t('profile.phone_invalid') }),
    ...addressProblems('address', draft.address, t),
    ...(draft.isShippedToBilling ? {} : addressProblems('ship_to_address', draft.ship_to_address, t)),
    ...Object.assign({}, ...draft.tax_info.map((tax, index) => taxProblems(index, tax, t))),
  };
}

const isFine = (text: string, pattern: RegExp): boolean => text.trim() === '' || pattern.test(text.trim());

const addressProblems = (field: string, address: AddressDraft, t: Texts): Problems =>
  isBlank(address) || address.line1.trim() ? {} : { [`${field}.line1`]: t('profile.line1_missing') };

function taxProblems(index: number, tax: TaxDraft, t: Texts): Problems {
  if (isBlank(tax)) return {};
  return {
    ...(tax.country_code ? {} : { [`tax_info.${index}.country_code`]: t('profile.country_missing') }),
    ...(tax.tax_code ? {} : { [`tax_info.${index}.tax_code`]: t('profile.tax_code_missing') }),
    ...(tax.tax_id.trim() ? {} : { [`tax_info.${index}.tax_id`]: t('profile.tax_id_missing') }),
  };
}

/**
 * Places a refusal of the server on the form's fields. The server counts only the tax ids that were sent, so blank rows
 * before a refused one are counted in again.
 */
export function problemsOfDetail(detail: readonly ErrorDetail[], draft: ProfileDraft): Problems {
  const sentRows = draft.tax_info.flatMap((tax, index) => (isBlank(tax) ? [] : [index]));
  return Object.fromEntries(
    detail
      .filter(({ loc }) => loc[0] === 'body' && loc.length > 1)
      .map(({ loc, msg }) => {
        const path = loc.slice(1);
        if (path[0] === 'tax_info' && typeof path[1] === 'number') path[1] = sentRows[path[1]] ?? path[1];
        return [path.join('.'), msg];
      }),
  );
}
