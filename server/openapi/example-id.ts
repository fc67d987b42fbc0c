import { createHash } from 'node:crypto';

/** The same noun has the same id in every example. */
export const exampleId = (noun: string): string => {
  const digits = createHash('sha256').update(noun).digest('hex').slice(0, 12);
  return `0193a1b2-7c3d-7000-8000-${digits}`;
};
