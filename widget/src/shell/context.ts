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
  private readonly texts = new Map<string, Texts | null>([['en', english]]);
  private occasion: readonly unknown[] = [];
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
    const pageLanguage = element.closest<HTMLElement>('[lang]')?.lang ?? '';
    if (this.locale !== element.locale) this.chosen = '';
    this.locale = element.locale;
    this.forgetFailures([navigator.onLine, portal, element.locale, this.chosen]);
    const wanted = readLocale(element.locale) ?? readLocale(portal?.locale ?? pageLanguage) ?? systemLocale();
    const language = this.chosen || languageOf(wanted);
    const texts = this.find(language);
    this.hasSpoken ||= !!portal && !!texts;
    const isWaiting = !texts && this.hasSpoken && input;
    return this.keep({
      locale: isWaiting ? input.locale : spokenLocale(wanted, texts === english ? 'en' : language),
      texts: isWaiting ? input.texts : texts,
      timeZone: portal?.time_zone ?? 'UTC',
      dense: element.density === 'compact',
      readOnly: portal !== null && (portal.read_only || portal.staff_view !== null),
      messages: element.messages,
    });
  }

  /** Texts that could not be loaded are asked for again when something has changed that may have been the reason. */
  private forgetFailures(occasion: readonly unknown[]): void {
    if (occasion.some((part, index) => part !== this.occasion[index]))
      for (const [language, texts] of this.texts)
        if (texts === english && language !== 'en') this.texts.delete(language);
    this.occasion = occasion;
  }

  /** The texts of a language, English for one that the portal has none for, or null while they are on their way. */
  private find(language: string): Texts | null {
    const load = languages[language];
    if (!load) return english;
    const found = this.texts.get(language);
    if (found !== undefined) return found;
    const settle = (texts: Texts): void => {
      this.texts.set(language, texts);
      this.onChange();
    };
    this.texts.set(language, null);
    load().then(
      ({ texts }) => settle(texts),
      () => settle(english),
    );
    return null;
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

/** A browser in the POSIX locale calls itself `en-US@posix`, which is no language tag. */
const systemLocale = (): string => navigator.language.replace(/@.*/, '');
