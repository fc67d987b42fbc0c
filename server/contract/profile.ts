import { z } from 'zod';
import { Address, AddressInput } from './addresses.ts';
import { Id, lineOf, Timestamp } from './primitives.ts';

export const TaxInfo = z
  .object({ country_code: z.string(), tax_code: z.string(), tax_id: z.string() })
  .meta({ id: 'TaxInfo' });
export type TaxInfo = z.infer<typeof TaxInfo>;

export const Profile = z.object({
  id: Id,
  customer_name: z.string(),
  email: z.string().nullable(),
  phone_number: z.string().nullable(),
  address: Address.nullable(),
  /** Null: the same as `address`. */
  ship_to_address: Address.nullable(),
  tax_info: z.array(TaxInfo),
  updated_at: Timestamp,
});
export type Profile = z.infer<typeof Profile>;

export const TaxInfoInput = z.strictObject({
  country_code: z.string().regex(/^[A-Z]{2}$/, 'Choose a country'),
  /** The kind of number, for example `eu_vat` or `in_gst`. */
  tax_code: lineOf(64).min(1, 'Choose a kind of tax ID'),
  tax_id: lineOf(64).min(1, 'Enter the tax ID'),
});

/** Only the fields that change. Sent with `If-Match: <the ETag of the profile that was read>`. */
export const ProfilePatch = z
  .strictObject({
    customer_name: lineOf(255).min(1, 'Enter a name'),
    email: z.email('Enter an e-mail address like name@example.com').max(320).nullable(),
    phone_number: z
      .string()
      .trim()
      .regex(/^\+?[0-9 ()./-]{4,32}$/, 'Enter a phone number with digits, spaces and + only')
      .nullable(),
    address: AddressInput.nullable(),
    ship_to_address: AddressInput.nullable(),
    tax_info: z.array(TaxInfoInput).max(20),
  })
  .partial();
export type ProfilePatch = z.infer<typeof ProfilePatch>;
