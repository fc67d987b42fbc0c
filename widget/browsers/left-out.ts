import type { BrowserLauncher, Reporter, TestRunnerPlugin, TestSession, TestSuiteResult } from '@web/test-runner';
import type { DrivenBrowser, Lacks } from './driven-browser.ts';

interface Outcome {
  path: string;
  isPassed: boolean;
  isSkipped: boolean;
}

const outcomes = ({ suites, tests }: TestSuiteResult, above: readonly string[] = []): Outcome[] => [
  ...tests.map(({ name, passed, skipped }) => ({
    path: [...above, name].join(' > '),
    isPassed: passed && !skipped,
    isSkipped: skipped,
  })),
  ...suites.flatMap((suite) => outcomes(suite, [...above, suite.name])),
];

const outcomesOf = ({ testResults }: TestSession): Outcome[] => (testResults ? outcomes(testResults) : []);

/** Tells a page what its browser lacks, and puts the commands that heed it in the place of the runner's. */
export function leftOutPlugin(browsers: readonly DrivenBrowser[]): TestRunnerPlugin {
  const lacks = new Map<BrowserLauncher, Lacks>(browsers.map((browser) => [browser.launcher, browser.lacks]));
  const commands = '/widget/browsers/commands.ts';
  return {
    name: 'left-out',
    resolveImport: ({ source, context }) =>
      source === '@web/test-runner-commands' && context.path !== commands ? commands : undefined,
    executeCommand: ({ command, session }) => (command === 'lacks' ? lacks.get(session.browser) : undefined),
  };
}

/** At the end, for each browser: how many tests, and which were left out and why. */
export function leftOutReporter(browsers: readonly DrivenBrowser[], write: (line: string) => void): Reporter {
  return {
    stop({ sessions }) {
      for (const { launcher, lacks } of browsers) {
        const all = sessions.filter(({ browser }) => browser === launcher).flatMap(outcomesOf);
        const passed = all.filter(({ isPassed }) => isPassed).length;
        const leftOut = all.filter(({ isSkipped }) => isSkipped);
        const failed = all.length - passed - leftOut.length;
        write(`${launcher.name}: ${all.length} tests, ${passed} passed, ${failed} failed, ${leftOut.length} left out`);
        for (const { path } of leftOut) write(`  left out: ${path}`);
        for (const [command, why] of Object.entries(lacks)) write(`  no ${command}: ${why}`);
      }
    },
  };
}
