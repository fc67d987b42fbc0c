import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer } from '../test-server.ts';
import type { TestServer } from '../test-server.ts';
import { send } from './operation-call.ts';
import { operationCalls, operationKeys } from './operation-calls.ts';
import { buildWorld } from './world.ts';
import type { World } from './world.ts';

let server: TestServer;
let world: World;

beforeAll(async () => {
  server = await startTestServer();
  world = await buildWorld(server);
});
afterAll(() => server.close());

it('knows how to call every operation of the contract, and no other', () => {
  expect(Object.keys(operationCalls).sort()).toEqual([...operationKeys].sort());
});

it.each(operationKeys)('%s succeeds', async (key) => {
  const answer = await send(world, key, await operationCalls[key](world));
  expect([answer.status, answer.text.includes('"failed"')], answer.text).toEqual([200, false]);
});
