import { expect, it } from 'vitest';
import { runPortal } from '../testing/command-line.ts';
import { shownUrl } from './shown-url.ts';

it.each([
  ['sqlite:data/portal.sqlite', 'sqlite:data/portal.sqlite'],
  ['postgres://user:secret@db.example:5433/portal', 'postgres://db.example:5433/portal'],
  ['postgresql://user:secret@db.example/portal?sslmode=require', 'postgresql://db.example/portal'],
  ['postgres://secret@db.example/portal', 'postgres://db.example/portal'],
  ['postgres://db.example/portal?password=secret', 'postgres://db.example/portal'],
  ['postgres://db.example/portal?sslpassword=secret&sslkey=/etc/secret.key', 'postgres://db.example/portal'],
  ['postgres:///portal?host=/run/postgresql&user=portal&password=secret', 'postgres:///portal'],
  ['postgres://user:secret%zz@db.example/portal', 'postgres://db.example/portal'],
  ['postgres://user:1/secret@db.example/portal', 'postgres://…'],
  ['postgres://user:1#secret@db.example/portal', 'postgres://…'],
  ['postgres://user:secret@db.example:99999/portal', 'postgres://…'],
  ['postgres://user:/secret@db.example/portal', 'postgres://…'],
  ['postgres://user:secret@[::1/portal', 'postgres://…'],
  ['//user:secret@db.example/portal', 'postgres://…'],
])('%s is shown as %s', (url, shown) => {
  expect(shownUrl(url)).toBe(shown);
});

it.each([
  'postgres://user:secret@127.0.0.1:9/portal?password=secret',
  'postgres://127.0.0.1:9/portal?password=secret&sslpassword=secret',
  'postgres://user:secret@127.0.0.1:99999/portal',
  'postgres://user:sec/secret@127.0.0.1:9/portal',
  'POSTGRES://user:secret@127.0.0.1:9/portal',
  'mysql://user:secret@127.0.0.1:9/portal',
])('a command that cannot use %s repeats none of its secrets', async (url) => {
  const { code, stdout, stderr } = await runPortal(['organisation', 'list', '--json'], {
    environment: { DATABASE_URL: url },
  });
  expect([code, `${stdout}${stderr}`]).toEqual([1, expect.not.stringContaining('secret')]);
});
