import { execFile } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A file system of its own, of a few megabytes in memory. */
export interface SmallDisk {
  folder: string;
  /** Leaves so many bytes free, or not one. */
  fill(bytesLeft?: number): void;
  /** Takes away what `fill` has put there. */
  free(): void;
  remove(): Promise<void>;
}

const run = promisify(execFile);

/** Undefined where this process may not mount. */
export const mountSmallDisk = async (megabytes: number): Promise<SmallDisk | undefined> => {
  const folder = await mkdtemp(join(tmpdir(), 'portal-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  } catch {
    await rm(folder, { recursive: true });
    return undefined;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: (bytesLeft = 0) => {
      const fd = openSync(ballast, 'a');
      for (let size = 65_536; size >= 1;) {
        try {
          writeSync(fd, Buffer.alloc(size));
        } catch {
          size = Math.floor(size / 2);
        }
      }
      ftruncateSync(fd, fstatSync(fd).size - bytesLeft);
      closeSync(fd);
    },
    free: () => {
      rmSync(ballast);
    },
    remove: async () => {
      await run('umount', ['-l', folder]);
      await rm(folder, { recursive: true });
    },
  };
};
