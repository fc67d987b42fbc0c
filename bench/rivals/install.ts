import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheFolder } from '../cache.ts';

const run = promisify(execFile);

/** What `npm run` calls npm by; without it the one on the path. */
const npm = async (folder: string, ...words: string[]): Promise<void> => {
  const script = process.env['npm_execpath'];
  const [command, args] = script?.endsWith('.js') ? [process.execPath, [script, ...words]] : ['npm', words];
  await run(command, args, { cwd: folder, maxBuffer: 100_000_000 });
};

/**
 * Installs what is locked in a folder here into `.cache/bench/rivals`, unless it is there already; answers where. The
 * project's own `npm ci` knows nothing of it. No script of a package is run but those of the packages in `compiled`.
 */
export const installRival = async (
  name: string,
  compiled: readonly string[],
  progress: (text: string) => void,
): Promise<string> => {
  const source = fileURLToPath(new URL(`${name}/`, import.meta.url));
  const target = `${cacheFolder}rivals/${name}/`;
  const stamp = `${target}installed`;
  const lock = readFileSync(`${source}package-lock.json`, 'utf8');
  mkdirSync(target, { recursive: true });
  cpSync(source, target, { recursive: true });
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    progress(`installing ${name}, once`);
    await npm(target, 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
    if (compiled.length > 0) {
      await npm(target, 'rebuild', ...compiled);
    }
    writeFileSync(stamp, lock);
  }
  return target;
};
