import { spawn } from 'node:child_process';
import { z } from 'zod';

const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ severity: z.enum(['info', 'low', 'moderate', 'high', 'critical']) }),
  ),
});

/** What the registry says of the locked packages, or why it says nothing. */
export type Advisories = { problems: string[] } | { unavailable: string };

const runNpm = async (words: readonly string[], folder: string): Promise<string> => {
  const child = spawn('npm', words, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  for await (const chunk of child.stdout) {
    stdout += String(chunk);
  }
  return stdout;
};

/**
 * Asks the registry for known vulnerabilities of the packages locked in `folder`. Not every registry has them: a mirror
 * may refuse, and without a network nobody answers.
 */
export const askForAdvisories = async (folder: string, registry?: string): Promise<Advisories> => {
  const answer = await runNpm(
    [
      ...['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000'],
      ...(registry === undefined ? [] : [`--registry=${registry}`]),
    ],
    folder,
  );
  const report = Report.safeParse(JSON.parse(answer));
  return report.success
    ? {
        problems: Object.entries(report.data.vulnerabilities).map(
          ([name, { severity }]) => `${name} has a known vulnerability (${severity}); see npm audit`,
        ),
      }
    : { unavailable: 'the registry answered no advisories' };
};
