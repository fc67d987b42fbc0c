import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { askForAdvisories } from './advisories.ts';
import { lockProblems } from './package-lock.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isStrict = process.argv.includes('--require-advisories');

const { packages, problems } = lockProblems(await readFile(`${root}package-lock.json`, 'utf8'));
const advisories = await askForAdvisories(root);
const all = [...problems, ...('problems' in advisories ? advisories.problems : [])];

process.stdout.write(all.map((problem) => `${problem}\n`).join(''));
process.stdout.write(`${packages} locked packages: ${all.length} problems.\n`);
if ('unavailable' in advisories) {
  process.stdout.write(`Known vulnerabilities were NOT looked up: ${advisories.unavailable}.\n`);
}
process.exitCode = all.length > 0 || (isStrict && 'unavailable' in advisories) ? 1 : 0;
