import { randomBytes, randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../command-line/command-line.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addFigure } from '../testing/figures.ts';
import { sendPatiently } from '../testing/patient-client.ts';
import type { PatientAnswer } from '../testing/patient-client.ts';
import { freePort } from '../testing/command-line.ts';
import { makeSite } from '../testing/server-process.ts';
import type { ServerProcess, Site } from '../testing/server-process.ts';
import { merchantOrigin } from '../testing/test-server.ts';

const processes = 4;
const lanes = 25;

let site: Site;
let servers: ServerProcess[];
let customerId: string;

beforeAll(async () => {
  site = await makeSite();
  customerId = await withDatabase(`sqlite:${site.file}`, (db) => addCustomer({ db }, site.organisation.id));
  servers = [];
  for (let count = 0; count < processes; count += 1) {
    servers.push(await site.start({ PORT: String(await freePort()), TRUST_PROXY: '1' }));
  }
});
afterAll(() => site.remove());

interface Link {
  token: string;
  sessionId: string;
}

const serverAt = (position: number): string => servers[position % processes]?.url ?? '';

/** Every caller has an address of its own: a loser is no attacker to be held up. */
const anAddress = (): Record<string, string> => ({
  'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
});

const newNonce = (): string => randomBytes(24).toString('base64url');

const patiently = async (
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<PatientAnswer> => {
  const { answer } = await sendPatiently(() => url, {
    method,
    path,
    headers: { ...anAddress(), ...headers },
    ...(body === undefined ? {} : { body }),
    isRepeatable: true,
  });
  if (answer === undefined) {
    throw new Error(`${method} ${path} was not answered`);
  }
  return answer;
};

/** Each lane takes the next item when it is through with one: who waits as it was told holds nobody else up. */
const inLanes = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item, position: number) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  const queue = items.entries();
  const runLane = async (): Promise<void> => {
    for (const [position, item] of queue) {
      results[position] = await work(item, position);
    }
  };
  await Promise.all(Array.from({ length: lanes }, runLane));
  return results;
};

const createLinks = (count: number): Promise<Link[]> =>
  inLanes(Array.from({ length: count }), async (_, position) => {
    const { id, apiKey } = site.organisation;
    const headers = { organisation: id, 'x-api-key': apiKey };
    const request = { customer_id: customerId, return_url: 'https://shop.example/account', link_ttl: 600 };
    const { body } = await patiently(serverAt(position), 'POST', '/customer/session', headers, request);
    return { token: String(body['session_token']), sessionId: String(body['session_id']) };
  });

const redeem = (url: string, { token }: Link, nonce: string): Promise<PatientAnswer> =>
  patiently(
    url,
    'POST',
    `/portal/${site.organisation.id}/session/redeem`,
    { origin: merchantOrigin },
    { session_token: token, redeem_nonce: nonce },
  );

/** As the widget calls: with the token that this answer brought, at whichever server. */
const look = (position: number, opened: PatientAnswer | undefined): Promise<PatientAnswer> =>
  patiently(serverAt(position), 'GET', `/portal/${site.organisation.id}/profile`, {
    origin: merchantOrigin,
    authorization: `Bearer ${String(opened?.body['access_token'])}`,
  });

const isOpened = ({ status }: PatientAnswer): boolean => status === 200;

/** How often each of these sessions was opened, as the audit tells it. */
const openings = (links: readonly Link[]): number[] => {
  const database = site.open();
  const rows = database
    .prepare(
      "select json_extract(detail, '$.session_id') as id, count(*) as count from audit_event where action = 'session.opened' group by 1",
    )
    .all() as { id: string; count: number }[];
  database.close();
  const counts = new Map(rows.map(({ id, count }) => [id, count]));
  return links.map(({ sessionId }) => counts.get(sessionId) ?? 0);
};

describe(`${processes} server processes on one database`, () => {
  it('open each of 500 tokens once, and end the session that a second nonce asked for', async () => {
    const links = await createLinks(500);
    const outcomes = await inLanes(links, async (link, position) => {
      const answers = await Promise.all(servers.map(({ url }) => redeem(url, link, newNonce())));
      const opened = answers.filter(isOpened);
      const refused = answers
        .filter((answer) => !isOpened(answer))
        .map(({ status, body }) => `${status} ${String(body['code'])}`);
      const { status, body } = await look(position, opened[0]);
      return { opened: opened.length, refused, after: [status, body['code'], body['reason']] };
    });
    const twice = outcomes.filter(({ opened }) => opened > 1).length;
    addFigure('tokens redeemed by four processes at once', links.length);
    addFigure('tokens redeemed twice', twice);
    expect(twice).toBe(0);
    expect(openings(links).filter((count) => count !== 1)).toEqual([]);
    const expected = {
      opened: 1,
      refused: Array.from({ length: processes - 1 }, () => '401 session_token_invalid'),
      after: [401, 'session_ended', 'token_reused'],
    };
    expect(outcomes.filter((outcome) => JSON.stringify(outcome) !== JSON.stringify(expected))).toEqual([]);
  });

  it('give one and the same session to all retries of one nonce', async () => {
    const links = await createLinks(50);
    const outcomes = await inLanes(links, async (link, position) => {
      const nonce = newNonce();
      const answers = await Promise.all(servers.map(({ url }) => redeem(url, link, nonce)));
      const ids = answers.map(({ body }) => (body['session'] as { id?: string } | undefined)?.id);
      const looks = await Promise.all(answers.map((answer, at) => look(position + at, answer)));
      return { isSame: ids.every((id) => id === link.sessionId), isLive: looks.every(isOpened) };
    });
    expect(outcomes.filter(({ isSame, isLive }) => !isSame || !isLive)).toEqual([]);
    expect(openings(links).filter((count) => count !== 1)).toEqual([]);
  });

  it('give the session again to a client whose answer was lost', async () => {
    const links = await createLinks(50);
    const outcomes = await inLanes(links, async (link, position) => {
      const nonce = newNonce();
      await fetch(`${serverAt(position)}/portal/${site.organisation.id}/session/redeem`, {
        method: 'POST',
        headers: { origin: merchantOrigin, 'content-type': 'application/json', ...anAddress() },
        body: JSON.stringify({ session_token: link.token, redeem_nonce: nonce }),
        signal: AbortSignal.timeout(randomInt(1, 30)),
      }).catch(() => undefined);
      const again = await redeem(serverAt(position + 1), link, nonce);
      return [again.status, (await look(position, again)).status];
    });
    expect(outcomes.filter(([redeemed, looked]) => redeemed !== 200 || looked !== 200)).toEqual([]);
    expect(openings(links).filter((count) => count !== 1)).toEqual([]);
  });
});
