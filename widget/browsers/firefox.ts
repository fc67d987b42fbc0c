import { execFileSync } from 'node:child_process';
import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import type { DrivenBrowser } from './driven-browser.ts';

/** Firefox without a window, driven by WebDriver BiDi. */
export function firefox(executablePath: string): DrivenBrowser {
  const [version = ''] = /[\d.]+\w*/.exec(execFileSync(executablePath, ['--version'], { encoding: 'utf8' })) ?? [];
  const launcher = chromeLauncher({
    puppeteer: puppeteerCore,
    launchOptions: { browser: 'firefox', executablePath },
  });
  launcher.name = `Firefox ${version}`;
  return { launcher, lacks: { emulateMedia: 'WebDriver BiDi cannot ask Firefox for reduced motion' } };
}
