import { mkdtemp, rm, statfs } from 'node:fs/promises';

const memory = '/dev/shm';
const neededBytes = 2 ** 30;

const hasSpace = async (): Promise<boolean> => {
  try {
    const { bavail, bsize } = await statfs(memory);
    return bavail * bsize > neededBytes;
  } catch {
    return false;
  }
};

/**
 * Where the machine has a file system in memory, the tests' folders are there: a commit waits for no disk, which is half of
 * what tests wait for.
 */
export const setup = async (): Promise<(() => Promise<void>) | undefined> => {
  if (!(await hasSpace())) {
    return undefined;
  }
  const folder = await mkdtemp(`${memory}/portal-tests-`);
  process.env['TMPDIR'] = folder;
  return () => rm(folder, { recursive: true });
};
