import { spawnSync } from 'node:child_process';

/**
 * Whether a program that npm does not bring is installed. Where it is not, this says which tests are left out; in CI, where
 * nothing may be left out, it throws.
 */
export const hasProgram = (name: string, tests: string): boolean => {
  const isThere = spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
  if (!isThere && process.env['CI'] !== undefined) {
    throw new Error(`${name} is not installed: ${tests} cannot run`);
  }
  if (!isThere) {
    process.stderr.write(`LEFT OUT: ${tests}, for want of ${name} (apt-get install ${name})\n`);
  }
  return isThere;
};
