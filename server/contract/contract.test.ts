import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRoutes } from '../app.ts';
import { systemClock } from '../clock.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { api } from './api.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> };
}

/** Routes that answer pages, scripts, the API reference and health, which are not operations of an API. */
const pages = [
  /^GET \/$/,
  /^GET \/(docs|openapi|widget)/,
  /^GET \/health\//,
  /^GET \/(session|frame)/,
  /^GET \/console(?!\/api\/)/,
];

it('binds every operation of the contract, and nothing that is not in it', () => {
  const { app } = createRoutes({ ...server.dependencies, clock: systemClock });
  const bound = (app.router as unknown as { stack: Layer[] }).stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : [route.path]
          .flat()
          .flatMap((path) => Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${path}`)),
  );
  const operations = bound.filter((key) => !pages.some((page) => page.test(key)));
  expect(operations.toSorted()).toEqual(Object.keys(api).toSorted());
});
