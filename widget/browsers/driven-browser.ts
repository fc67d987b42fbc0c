import type { BrowserLauncher } from '@web/test-runner';

/** What of `@web/test-runner-commands` the widget's tests use. */
export type Command = 'emulateMedia' | 'sendKeys' | 'setViewport';

/** Commands that a browser does not take, each with why. */
export type Lacks = Readonly<Partial<Record<Command, string>>>;

export interface DrivenBrowser {
  launcher: BrowserLauncher;
  lacks: Lacks;
}
