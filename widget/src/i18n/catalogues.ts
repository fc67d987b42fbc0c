import { downloadMessages } from './downloads.en.ts';
import { entitlementsMessages } from './entitlements.en.ts';
import { filterMessages } from './filter.en.ts';
import { invoiceDetailMessages } from './invoice-detail.en.ts';
import type { Message, PluralMessage, Texts } from './localize.ts';
import { menuMessages } from './menu.en.ts';
import { messages } from './messages.en.ts';
import { paymentWords } from './payment-words.en.ts';
import { paymentsMessages } from './payments.en.ts';
import { profileConflictMessages } from './profile-conflict.en.ts';
import { profileMessages } from './profile.en.ts';
import { shellMessages } from './shell.en.ts';

/** Every English catalogue. Only the build and the tests read this: in the portal each is loaded with what shows it. */
export const catalogues = [
  messages,
  shellMessages,
  menuMessages,
  filterMessages,
  invoiceDetailMessages,
  paymentWords,
  paymentsMessages,
  entitlementsMessages,
  profileMessages,
  profileConflictMessages,
  downloadMessages,
] as const;

type Union = (typeof catalogues)[number];

/** What a language has to say for an English catalogue: each of its keys, counted where English counts. */
export type Translation<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : PluralMessage;
};

/** Every key of the portal. A language without one of them does not compile. */
export type PortalTranslation = (
  Union extends infer English ? (english: Translation<English>) => void : never
) extends (all: infer All) => void
  ? All
  : never;

/**
 * A language as it is loaded: the texts of each English catalogue in its order, under its first key. Without the keys it
 * takes two thirds of the room. The build runs this, see `evaluated-modules.mjs`.
 */
export const textsOf = (
  english: readonly Readonly<Record<string, Message>>[],
  translation: Readonly<Record<string, Message>>,
): Texts =>
  Object.fromEntries(
    english.map((catalogue) => {
      const keys = Object.keys(catalogue);
      return [keys[0] ?? '', keys.map((key) => translation[key] ?? '')];
    }),
  );

export const portalTexts = (translation: PortalTranslation): Texts => textsOf(catalogues, translation);
