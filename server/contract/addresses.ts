import { z } from 'zod';
import { lineOf } from './primitives.ts';

const Line = lineOf(255).nullable();

/** A postal address. The dialect spells `zipCode` in camel case here and everything else in snake case. */
export const Address = z.object({
  line1: z.string().nullable(),
  line2: z.string().nullable(),
  line3: z.string().nullable(),
  city: z.string().nullable(),
  state: z.string().nullable(),
  zipCode: z.string().nullable(),
  country: z.string().nullable(),
  country_code: z.string().nullable(),
});
export type Address = z.infer<typeof Address>;

export const AddressInput = z.strictObject({
  line1: lineOf(255).min(1, 'Enter a street address'),
  line2: Line.default(null),
  line3: Line.default(null),
  city: Line.default(null),
  state: Line.default(null),
  zipCode: lineOf(32).nullable().default(null),
  /** ISO 3166-1 alpha-2, upper case. */
  country_code: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Choose a country')
    .nullable()
    .default(null),
});
export type AddressInput = z.infer<typeof AddressInput>;
