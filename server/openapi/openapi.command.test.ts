import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { program, runPortal } from '../testing/command-line.ts';

it('prints the document of the server that the environment names, and opens no database', async () => {
  const environment = { PUBLIC_URL: 'https://billing.example', DATABASE_URL: 'sqlite:/nowhere/there/is/none.sqlite' };
  const { code, stdout, stderr } = await runPortal(['openapi', '--json'], { environment });
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ openapi: '3.1.1', servers: [{ url: 'https://billing.example' }] });
});

it('ends quietly when its reader has gone away', async () => {
  const child = spawn(process.execPath, [program, 'openapi'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [[code], said] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  expect([code, said]).toEqual([0, '']);
});
