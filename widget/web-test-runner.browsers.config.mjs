import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defaultReporter } from '@web/test-runner';
import { firefox } from './browsers/firefox.ts';
import { leftOutPlugin, leftOutReporter } from './browsers/left-out.ts';
import { webkit } from './browsers/webkit.ts';
import main from './web-test-runner.config.mjs';

const find = (program) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));

const packages = { 'firefox-esr': 'firefox-esr', WebKitWebDriver: 'webkit2gtk-driver', Xvfb: 'xvfb' };
const missing = Object.keys(packages).filter((program) => !find(program));
if (missing.length > 0) {
  const names = missing.map((program) => packages[program]).join(' ');
  process.stderr.write(`Not every browser is here. On Debian: apt-get install --no-install-recommends ${names}\n`);
}

const browsers = [];
if (!missing.includes('firefox-esr')) browsers.push(firefox(find('firefox-esr')));
if (!missing.includes('WebKitWebDriver') && !missing.includes('Xvfb')) browsers.push(await webkit());
if (browsers.length === 0) throw new Error('There is neither Firefox nor WebKit to test in');

/** The widget's tests in other browsers than Chromium. */
export default {
  ...main,
  files: ['widget/src/**/*.test.ts'],
  browsers: browsers.map(({ launcher }) => launcher),
  concurrentBrowsers: 1,
  plugins: [...main.plugins, leftOutPlugin(browsers)],
  reporters: [defaultReporter(), leftOutReporter(browsers, (line) => process.stdout.write(`${line}\n`))],
  testFramework: { config: { timeout: 15_000 } },
};
