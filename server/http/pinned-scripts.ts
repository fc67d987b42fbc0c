import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

/** A script for merchants' pages in one file, at an address that its content decides. */
export interface PinnedScript {
  /** `zenskar-portal.js` or `zenskar-frame.js`. */
  name: string;
  version: string;
  path: string;
  /** For the `integrity` of a script element. */
  integrity: string;
}

const builtFolder = fileURLToPath(new URL('../../dist/pinned', import.meta.url));

/** `<version>-<the first 16 characters of its SHA-384, base64url>` */
const addressForm = /^(\d+\.\d+\.\d+[\w.-]*?)-([\w-]{16})$/;
const requestForm = /^\/([\w.-]+)\/([\w-]+\.js)(?:\.map)?$/;

/** Two scripts a version: twenty versions back. */
const keptScripts = 40;

const filesOf = (name: string): string[] => [name, `${name}.br`, `${name}.gz`];

const sha384 = (content: Buffer, encoding: 'base64' | 'base64url'): string =>
  createHash('sha384').update(content).digest(encoding);

/** The script at `<folder>/<address>/<name>` where that is what the address says, as are its compressed copies. */
const readIntact = async (folder: string, address: string, name: string): Promise<PinnedScript | null> => {
  const [, version, hash] = addressForm.exec(address) ?? [];
  if (version === undefined || hash === undefined) {
    return null;
  }
  try {
    const [plain, brotli, gzip] = await Promise.all(filesOf(name).map((file) => readFile(join(folder, address, file))));
    const isIntact =
      plain !== undefined &&
      brotli !== undefined &&
      gzip !== undefined &&
      sha384(plain, 'base64url').startsWith(hash) &&
      brotliDecompressSync(brotli).equals(plain) &&
      gunzipSync(gzip).equals(plain);
    return isIntact
      ? { name, version, path: `/widget/${address}/${name}`, integrity: `sha384-${sha384(plain, 'base64')}` }
      : null;
  } catch {
    return null;
  }
};

const namesIn = async (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

interface BuiltScript extends PinnedScript {
  folder: string;
  address: string;
}

const listBuilt = async (): Promise<BuiltScript[]> => {
  const scripts: BuiltScript[] = [];
  for (const script of (await namesIn(builtFolder)).sort()) {
    const folder = join(builtFolder, script);
    for (const address of await namesIn(folder)) {
      const found = await readIntact(folder, address, `${script}.js`);
      if (found !== null) {
        scripts.push({ ...found, folder, address });
      }
    }
  }
  return scripts;
};

/** The scripts of this version; none where nothing has been built. */
export const listPinnedScripts = async (): Promise<PinnedScript[]> =>
  (await listBuilt()).map(({ name, version, path, integrity }) => ({ name, version, path, integrity }));

/** Finds the folder of the script that a path below `/widget` names, when its content is still what its address says. */
export const pinnedScriptFinder = (keptFolder: string | null): ((path: string) => Promise<string | null>) => {
  const known = new Map<string, string>();
  return async (path) => {
    const [, address = '', name = ''] = requestForm.exec(path) ?? [];
    if (!addressForm.test(address)) {
      return null;
    }
    const script = `${address}/${name}`;
    const folders = [join(builtFolder, name.replace(/\.js$/, '')), ...(keptFolder === null ? [] : [keptFolder])];
    for (const folder of known.has(script) ? [] : folders) {
      if ((await readIntact(folder, address, name)) !== null) {
        known.set(script, folder);
        break;
      }
    }
    return known.get(script) ?? null;
  };
};

const keep = async (folder: string, script: BuiltScript, now: Date): Promise<void> => {
  const target = join(folder, script.address);
  if ((await readIntact(folder, script.address, script.name)) === null) {
    await mkdir(target, { recursive: true });
    for (const file of filesOf(script.name)) {
      await copyFile(join(script.folder, script.address, file), join(target, file));
    }
  }
  await utimes(target, now, now);
};

const forgetOldest = async (folder: string): Promise<void> => {
  const addresses = (await namesIn(folder)).filter((name) => addressForm.test(name));
  const ages = await Promise.all(
    addresses.map(async (address) => ({ address, usedAt: (await stat(join(folder, address))).mtimeMs })),
  );
  for (const { address } of ages.sort((a, b) => b.usedAt - a.usedAt).slice(keptScripts)) {
    await rm(join(folder, address), { recursive: true, force: true });
  }
};

/**
 * Keeps this version's scripts for the time after the next update, when pages still name them; of older ones the 40 that
 * were in use last. Where that cannot be, the log says so and the server goes on.
 */
export const keepPinnedScripts = async (folder: string | null, clock: Clock, log: Logger): Promise<void> => {
  if (folder === null) {
    return;
  }
  try {
    for (const script of await listBuilt()) {
      await keep(folder, script, new Date(clock.now()));
    }
    await forgetOldest(folder);
  } catch (err) {
    log.warn(
      { err, folder },
      'pinned scripts could not be kept: pages that pin this version break with the next update (see PINNED_FOLDER)',
    );
  }
};
