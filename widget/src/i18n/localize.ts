import { messages } from './messages.en.ts';

/** One text per plural category of `Intl.PluralRules`, chosen by the parameter `count`. */
export type PluralMessage = { readonly other: string } & {
  readonly [Category in Exclude<Intl.LDMLPluralRule, 'other'>]?: string;
};

/** A text with `{name}` placeholders, or one such text per plural category. */
export type Message = string | PluralMessage;

/** A flat catalogue. Keys start with their section (`invoices.title`) and are unique over all catalogues. */
export type Catalogue = Readonly<Record<string, Message>>;

/** The eager catalogue: what the shell and the first tab need. */
export type Messages = typeof messages;

type Placeholder<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
type ParameterName<Entry> = Entry extends PluralMessage ? 'count' | Placeholder<Entry['other']> : Placeholder<Entry>;
type Parameters<Entry> = [ParameterName<Entry>] extends [never]
  ? []
  : [parameters: { readonly [Name in ParameterName<Entry>]: Name extends 'count' ? number : string | number }];

/** Looks a text up by its key. Parameters are required exactly where the English text has placeholders. */
export type Translate<English extends Catalogue> = <Key extends keyof English & string>(
  key: Key,
  ...parameters: Parameters<English[Key]>
) => string;

export interface Localizer {
  readonly locale: string;
  /** Texts of the eager catalogue. */
  readonly t: Translate<Messages>;
  /** Texts of a catalogue that was loaded with its own chunk: `localizer.in(paymentsMessages)('payments.title')`. */
  in<English extends Catalogue>(english: English): Translate<English>;
}

/**
 * Makes the localizer for one locale. A key is looked up in the merchant's `overrides`, then in `translations`
 * (the catalogue of the locale, all sections together), then in English.
 */
export function createLocalizer(
  locale: string,
  options: { translations?: Catalogue; overrides?: Catalogue } = {},
): Localizer {
  // Made when first needed: each takes milliseconds of the time to the first row.
  let plurals: Intl.PluralRules | undefined;
  let numbers: Intl.NumberFormat | undefined;
  const translators = new WeakMap<Catalogue, unknown>();

  const pluralText = (message: PluralMessage, count: number): string =>
    message[(plurals ??= new Intl.PluralRules(locale)).select(count)] ?? message.other;

  const translator =
    (english: Catalogue) =>
    (key: string, parameters: Record<string, string | number> = {}): string => {
      const message = options.overrides?.[key] ?? options.translations?.[key] ?? english[key] ?? '';
      const text = typeof message === 'string' ? message : pluralText(message, Number(parameters['count']));
      return text.replace(/\{(\w+)\}/g, (_match, name: string) => {
        const value = parameters[name] ?? '';
        return typeof value === 'number' ? (numbers ??= new Intl.NumberFormat(locale)).format(value) : value;
      });
    };

  const translatorFor = <English extends Catalogue>(english: English): Translate<English> => {
    const known = translators.get(english) ?? translator(english);
    translators.set(english, known);
    return known as Translate<English>;
  };

  return { locale, t: translatorFor(messages), in: translatorFor };
}
