import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const guide = readFileSync(new URL('docs/security.md', root), 'utf8');
const threats = guide
  .slice(guide.indexOf('## Threats'), guide.indexOf('## Content security policies'))
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => {
    const [, threat = '', , shownBy = ''] = line.split('|').map((cell) => cell.trim());
    return { threat, tests: [...shownBy.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path) };
  });

describe('the threat table', () => {
  it('has rows', () => {
    expect(threats.length).toBeGreaterThan(20);
  });

  it.each(threats)('names a test that is there: $threat', ({ tests }) => {
    expect(tests).not.toEqual([]);
    expect(tests.filter((path) => !existsSync(fileURLToPath(new URL(path, root))))).toEqual([]);
  });
});
