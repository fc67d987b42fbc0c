import { rmSync } from 'node:fs';
import { mkdtemp, statfs } from 'node:fs/promises';

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
export const setup = async (): Promise<void> => {
  if (!(await hasSpace())) {
    return;
  }
  const folder = await mkdtemp(`${memory}/portal-tests-`);
  process.env['TMPDIR'] = folder;
  // A run that is interrupted ends without its teardown.
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
};
