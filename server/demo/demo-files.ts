import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CommandError, reasonOf } from '../command-line/command-line.ts';
import { newSecret } from '../secrets.ts';

/** What a program needs to use the running demo: `demo.json`. It holds secrets, so only its owner may read it. */
export const DemoFile = z.object({
  /** Bare origins. */
  api_url: z.string(),
  demo_url: z.string(),
  console_url: z.string(),
  organisation_id: z.uuid(),
  api_key: z.string(),
  staff: z.object({ email: z.string(), password: z.string() }),
  customers: z.array(z.object({ id: z.uuid(), name: z.string(), note: z.string() })),
});
export type DemoFile = z.infer<typeof DemoFile>;

const ownerOnly = 0o600;

const pathsOf = (folder: string) => ({
  database: join(folder, 'portal.sqlite'),
  demo: join(folder, 'demo.json'),
  secret: join(folder, 'signing-secret'),
});

export const databaseUrlIn = (folder: string): string => `sqlite:${pathsOf(folder).database}`;

export const demoFileIn = (folder: string): string => pathsOf(folder).demo;

const writeSecret = async (path: string, text: string): Promise<void> => {
  await writeFile(path, text, { mode: ownerOnly });
  await chmod(path, ownerOnly);
};

const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
};

/** @throws CommandError when nothing can be written there */
export const prepareDemoFolder = async (folder: string): Promise<void> => {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new CommandError('folder_not_writable', `Cannot write to the folder ${folder}: ${reasonOf(error)}`);
  }
};

/** Throws the demo's data away, with everything else in its database. */
export const removeDemoData = async (folder: string): Promise<void> => {
  const { database, demo } = pathsOf(folder);
  for (const path of [database, `${database}-wal`, `${database}-shm`, demo]) {
    await rm(path, { force: true });
  }
};

export const readDemoFile = async (folder: string): Promise<DemoFile | undefined> => {
  const { demo } = pathsOf(folder);
  const text = await readIfThere(demo);
  if (text === undefined) {
    return undefined;
  }
  try {
    return DemoFile.parse(JSON.parse(text));
  } catch {
    throw new CommandError('demo_file_invalid', `${demo} is damaged: start once with --reset to make a new demo`);
  }
};

export const writeDemoFile = (folder: string, demo: DemoFile): Promise<void> =>
  writeSecret(pathsOf(folder).demo, `${JSON.stringify(demo, null, 2)}\n`);

/** The demo's own signing secret, made at its first start, so that sessions outlive a restart. */
export const demoSigningSecrets = async (folder: string): Promise<string> => {
  const { secret } = pathsOf(folder);
  const kept = await readIfThere(secret);
  if (kept !== undefined && (await stat(secret)).size > 0) {
    return kept.trim();
  }
  const made = `demo:${newSecret()}`;
  await writeSecret(secret, `${made}\n`);
  return made;
};
