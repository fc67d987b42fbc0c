import type { PortalSession } from '#contract/sessions.ts';
import { languageOf, languages, spokenLocale } from '../i18n/languages.ts';
import { createLocalizer } from '../i18n/localize.ts';
import type { Catalogue, Texts } from '../i18n/localize.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { readLocale } from './attributes.ts';

interface ContextInput {
  locale: string;
  texts: Texts | null;
  timeZone: string;
  dense: boolean;
  readOnly: boolean;
  messages: Catalogue;
}

/** What the portal's element says about its views. */
interface Wishes extends Element {
  locale: string;
  density: string;
  messages: Catalogue;
}

const english: Texts = {};

/** Makes the context of all views, and the same object for as long as nothing in it has changed. */
export class ContextBuilder {
  private readonly onChange: () => void;
  private input: ContextInput | undefined;
  private context: ViewContext | undefined;
  /** The texts that have come, by language; null for those on their way. */
  private readonly texts = new Map<string, Texts | null>();
  private failed = '';
  private occasion = '';
  private locale = '';
  private chosen = '';
  private hasSpoken = false;

  /** `onChange` is called when texts have come: the element is to be drawn again. */
  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** The texts are there, if only English ones. Before, all texts are empty: draw the outline. */
  get isReady(): boolean {
    return !!this.input?.texts;
  }

  /** The customer's own choice of a language, until the page says another `locale`. */
  readonly choose = (language: string): void => {
    this.chosen = language;
    this.onChange();
  };

  build(element: Wishes, portal: PortalSession | null): ViewContext {
    const { input } = this;
    const { locale, density, messages } = element;
    const pageLanguage = element.closest<HTMLElement>('[lang]')?.lang ?? '';
    if (this.locale !== locale) this.chosen = '';
    this.locale = locale;
    const wanted = readLocale(locale) ?? readLocale(portal?.locale ?? pageLanguage) ?? systemLocale();
    const language = this.chosen || languageOf(wanted);
    this.forgetFailure(`${language} ${navigator.onLine}`);
    const texts = this.find(language);
    this.hasSpoken ||= !!portal && !!texts;
    return this.keep({
      timeZone: portal?.time_zone ?? 'UTC',
      dense: density === 'compact',
      readOnly: portal !== null && (portal.read_only || portal.staff_view !== null),
      messages,
      ...(!texts && this.hasSpoken && input
        ? { locale: input.locale, texts: input.texts }
        : { locale: spokenLocale(wanted, texts === english ? 'en' : language), texts }),
    });
  }

  /** Texts that could not be loaded are asked for again in another language's stead, or when the browser is back online. */
  private forgetFailure(occasion: string): void {
    if (occasion !== this.occasion) this.texts.delete(this.failed);
    this.occasion = occasion;
  }

  /** The texts of a language, English for one that the portal has none for, or null while they are on their way. */
  private find(language: string): Texts | null {
    const { texts } = this;
    const load = languages[language];
    if (!load) return english;
    if (!texts.has(language)) {
      const settle = (found: Texts): void => {
        texts.set(language, found);
        this.onChange();
      };
      texts.set(language, null);
      load().then(
        (module) => settle(module.texts),
        () => {
          this.failed = language;
          settle(english);
        },
      );
    }
    return texts.get(language) ?? null;
  }

  private keep(input: ContextInput): ViewContext {
    const { input: old, context } = this;
    const keys = Object.keys(input) as (keyof ContextInput)[];
    if (context && old && keys.every((key) => old[key] === input[key])) return context;
    const { messages, texts, ...rest } = input;
    this.input = input;
    this.context = { ...rest, localizer: createLocalizer(input.locale, { texts, overrides: messages }) };
    return this.context;
  }
}

/** A browser in the POSIX locale says `en-US@posix` or `C`, which are no language tags. */
const systemLocale = (): string => readLocale(navigator.language.replace(/@.*/, '')) ?? 'en';
