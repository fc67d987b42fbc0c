import type { Contender } from './alternate.ts';
import { read } from './http-client.ts';
import type { LoadOrder, LoadRequest } from './load/load.ts';
import type { Server } from './processes.ts';
import type { Stage } from './stage.ts';

/** A server and what it is asked. */
export interface Target {
  server: Server;
  requests: readonly LoadRequest[];
  /** The status of a good answer; 200 when absent. */
  status?: number;
}

/** As many requests under way as customers that wait at once for a busy portal. */
export const usualConnections = 32;

export const underLoad = (
  stage: Stage,
  { server, requests, status = 200 }: Target,
  how: Partial<Pick<LoadOrder, 'connections' | 'rate'>> = {},
): Contender => ({
  server,
  work: (ms) => stage.load.run({ origin: server.origin, requests, ms, status, connections: usualConnections, ...how }),
});

/** What baselines are asked: the customer's id is all that they know. */
export const bareRequests = (customerIds: readonly string[], list: string): LoadRequest[] =>
  customerIds.map((customerId) => ({ method: 'GET', path: `/${list}/${customerId}` }));

interface Listed {
  results?: { id: string }[];
  data?: { id: string }[];
}

const idsOf = async ({ server, requests }: Target, index: number): Promise<string[]> => {
  const { path = '', headers = {} } = requests.at(index) ?? {};
  const { text } = await read(`${server.origin}${path}`, headers);
  const { results, data } = JSON.parse(text) as Listed;
  return (results ?? data ?? []).map((row) => row.id);
};

/** @throws when not all answer the same rows, as many of them */
export const assertSameRows = async (targets: readonly Target[], rows: number): Promise<void> => {
  for (const index of [0, -1]) {
    const found = await Promise.all(targets.map((target) => idsOf(target, index)));
    const distinct = new Set(found.map((ids) => ids.join()));
    if (distinct.size !== 1 || found[0]?.length !== rows) {
      throw new Error(`The servers do not answer the same ${rows} rows, but ${found.map((ids) => ids.length).join()}`);
    }
  }
};
