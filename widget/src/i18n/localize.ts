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

/** A language's texts: those of each English catalogue in its order, under the first key of that catalogue. */
export type Texts = Readonly<Record<string, readonly Message[]>>;

export interface Localizer {
  readonly locale: string;
  /** Where the texts begin. */
  readonly direction: 'ltr' | 'rtl';
  /** Texts of the eager catalogue. */
  readonly t: Translate<Messages>;
  /** Texts of a catalogue that was loaded with its own chunk: `localizer.in(paymentsMessages)('payments.title')`. */
  in<English extends Catalogue>(english: English): Translate<English>;
}

interface LocalizerOptions {
  /** The texts of the locale; null while they are on their way, when nothing is said at all. Default: English. */
  texts?: Texts | null;
  /** The merchant's own texts by key, as they came: what cannot be used is passed over. */
  overrides?: Catalogue | null;
}

/** Makes the localizer for one locale. A text is the merchant's, else the language's, else the English one. */
export function createLocalizer(locale: string, { texts = {}, overrides }: LocalizerOptions = {}): Localizer {
  // Made when first needed: each takes milliseconds of the time to the first row.
  let plurals: Intl.PluralRules | undefined;
  let numbers: Intl.NumberFormat | undefined;
  const translators = new WeakMap<Catalogue, unknown>();
  const isRightToLeft = locale.startsWith('ar');

  /** The filled text, or nothing when this is no text or wants a parameter that nobody has. */
  const fill = (message: Message | undefined, parameters: Record<string, string | number>): string | undefined => {
    const text =
      typeof message === 'string'
        ? message
        : (message?.[(plurals ??= new Intl.PluralRules(locale)).select(Number(parameters['count']))] ?? message?.other);
    let isWhole = typeof text === 'string';
    const filled = isWhole
      ? text?.replace(/\{(\w+)\}/g, (_match, name: string) => {
          const value = parameters[name];
          isWhole &&= value !== undefined;
          return typeof value === 'number' ? (numbers ??= new Intl.NumberFormat(locale)).format(value) : isolate(value);
        })
      : '';
    return isWhole ? filled : undefined;
  };

  /** Names and amounts keep their own direction among words from right to left. */
  const isolate = (value: string | undefined): string => (isRightToLeft ? `\u2068${value}\u2069` : `${value}`);

  const translator = (english: Catalogue) => {
    const keys = Object.keys(english);
    const own = texts?.[keys[0] ?? ''];
    return (key: string, parameters: Record<string, string | number> = {}): string =>
      texts
        ? (fill(overrides?.[key], parameters) ??
          fill(own?.[keys.indexOf(key)], parameters) ??
          fill(english[key], parameters) ??
          '')
        : '';
  };

  const translatorFor = <English extends Catalogue>(english: English): Translate<English> => {
    const known = translators.get(english) ?? translator(english);
    translators.set(english, known);
    return known as Translate<English>;
  };

  return { locale, direction: isRightToLeft ? 'rtl' : 'ltr', t: translatorFor(messages), in: translatorFor };
}
