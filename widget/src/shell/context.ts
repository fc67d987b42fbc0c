import { createLocalizer } from '../i18n/localize.ts';
import type { Catalogue } from '../i18n/localize.ts';
import type { ViewContext } from '../ui/view-context.ts';

export interface ContextInput {
  locale: string;
  timeZone: string;
  dense: boolean;
  readOnly: boolean;
  messages: Catalogue;
}

/** Makes the context of all views, and the same object for as long as nothing in it has changed. */
export class ContextBuilder {
  private input: ContextInput | undefined;
  private context: ViewContext | undefined;

  build(input: ContextInput): ViewContext {
    const { input: old, context } = this;
    const keys = Object.keys(input) as (keyof ContextInput)[];
    if (context && old && keys.every((key) => old[key] === input[key])) return context;
    const { messages, ...rest } = input;
    this.input = input;
    this.context = { ...rest, localizer: createLocalizer(input.locale, { overrides: messages }) };
    return this.context;
  }
}
