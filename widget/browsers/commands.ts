import * as commands from '@web/test-runner-commands';
import type { Command, Lacks } from './driven-browser.ts';

/* Stands before `@web/test-runner-commands` in other browsers: a test that asks for what its browser lacks is left out. */
export * from '@web/test-runner-commands';

const lacks = await commands.executeServerCommand<Lacks, undefined>('lacks');
let running: Mocha.Runnable | undefined;

beforeEach(function () {
  running = this.currentTest;
});

const unlessLacking =
  <Payload>(name: Command, command: (payload: Payload) => Promise<void>) =>
  async (payload: Payload): Promise<void> => {
    if (name in lacks) running?.skip();
    await command(payload);
  };

export const emulateMedia = unlessLacking('emulateMedia', commands.emulateMedia);
export const setViewport = unlessLacking('setViewport', commands.setViewport);
export const sendKeys = unlessLacking('sendKeys', (payload: commands.SendKeysPayload) =>
  // Chromium alone takes the name of a place on the keyboard.
  commands.sendKeys('press' in payload && payload.press === 'Space' ? { press: ' ' } : payload),
);
