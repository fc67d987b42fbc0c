import { expect, it } from 'vitest';
import { runPortal } from '../testing/command-line.ts';

it('prints the document of the server that the environment names, and opens no database', async () => {
  const environment = { PUBLIC_URL: 'https://billing.example', DATABASE_URL: 'sqlite:/nowhere/there/is/none.sqlite' };
  const { code, stdout, stderr } = await runPortal(['openapi', '--json'], { environment });
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ openapi: '3.1.1', servers: [{ url: 'https://billing.example' }] });
});
