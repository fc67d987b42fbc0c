import type { PortalSession } from '#contract/sessions.ts';
import { createLocalizer } from '../i18n/localize.ts';
import type { Catalogue } from '../i18n/localize.ts';
import { spokenLocale } from '../i18n/spoken-locale.ts';
import type { ViewContext } from '../ui/view-context.ts';
import type { AttributeReader } from './attributes.ts';

interface ContextInput {
  locale: string;
  timeZone: string;
  dense: boolean;
  readOnly: boolean;
  messages: Catalogue;
}

/** What the portal's element says about its views. */
interface Wishes extends Element {
  locale: string;
  theme: string;
  density: string;
  messages: Catalogue;
}

/** Makes the context of all views, and the same object for as long as nothing in it has changed. */
export class ContextBuilder {
  private input: ContextInput | undefined;
  private context: ViewContext | undefined;

  build(element: Wishes, portal: PortalSession | null, reader: AttributeReader): ViewContext {
    const pageLanguage = element.closest<HTMLElement>('[lang]')?.lang ?? '';
    reader.oneOf('theme', element.theme, ['light', 'dark', 'auto']);
    return this.keep({
      locale: spokenLocale(
        reader.locale(element.locale) ?? reader.locale(portal?.locale ?? pageLanguage) ?? systemLocale(),
      ),
      timeZone: portal?.time_zone ?? 'UTC',
      dense: reader.oneOf('density', element.density, ['compact', 'comfortable']) === 'compact',
      readOnly: portal !== null && (portal.read_only || portal.staff_view !== null),
      messages: element.messages,
    });
  }

  private keep(input: ContextInput): ViewContext {
    const { input: old, context } = this;
    const keys = Object.keys(input) as (keyof ContextInput)[];
    if (context && old && keys.every((key) => old[key] === input[key])) return context;
    const { messages, ...rest } = input;
    this.input = input;
    this.context = { ...rest, localizer: createLocalizer(input.locale, { overrides: messages }) };
    return this.context;
  }
}

/** A browser in the POSIX locale calls itself `en-US@posix`, which is no language tag. */
const systemLocale = (): string => navigator.language.replace(/@.*/, '');
