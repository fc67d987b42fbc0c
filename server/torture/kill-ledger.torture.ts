import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Random } from '../demo/random.ts';
import { addFigure } from '../testing/figures.ts';
import { newClerk } from '../testing/ledger/clerk.ts';
import { inspect } from '../testing/ledger/findings.ts';
import { newLedger } from '../testing/ledger/ledger.ts';
import { sendPatiently } from '../testing/patient-client.ts';
import { makeSite } from '../testing/server-process.ts';
import type { Site } from '../testing/server-process.ts';

const kills = 30;
const clerks = 8;
/** Most of it is thirty starts, which take long on a busy machine. */
const timeout = 420_000;
const seed = process.env['TORTURE_SEED'] ?? String(Date.now());

let site: Site;
beforeAll(async () => {
  site = await makeSite();
});
afterAll(() => site.remove());

const hearEverything = async (origin: string): Promise<void> => {
  const { id, apiKey } = site.organisation;
  await sendPatiently(() => origin, {
    method: 'POST',
    path: '/webhook_endpoints',
    headers: { organisation: id, 'x-api-key': apiKey },
    body: { url: 'https://hooks.example/all' },
    isRepeatable: false,
  });
};

it(
  `forgets nothing that it acknowledged, and leaves nothing half done, when it is killed (seed ${seed})`,
  { timeout },
  async () => {
    const random = new Random(seed);
    const ledger = newLedger();
    let server = await site.start();
    await hearEverything(server.url);
    const staff = Array.from({ length: clerks }, (_, index) =>
      newClerk(site, () => server.url, new Random(`${seed} ${index}`), ledger),
    );
    await Promise.all(staff.map((clerk) => clerk.begin()));

    let isOver = false;
    const failures: unknown[] = [];
    const working = staff.map(async (clerk) => {
      while (!isOver && failures.length === 0) {
        await clerk.work().catch((error: unknown) => failures.push(error));
      }
    });

    const sqlite = site.open();
    let midway = 0;
    for (let kill = 1; kill <= kills && failures.length === 0; kill += 1) {
      await delay(random.int(100, 900));
      const unknownBefore = ledger.unknown + ledger.repeated;
      server.signal('SIGKILL');
      expect((await server.ended).signal).toBe('SIGKILL');
      server = await site.start();
      midway += ledger.unknown + ledger.repeated > unknownBefore ? 1 : 0;
      expect(inspect(sqlite, ledger), `after kill ${kill}`).toEqual({
        lost: [],
        halfApplied: [],
        doubled: [],
        damage: [],
      });
    }
    isOver = true;
    await Promise.all(working);
    expect(failures).toEqual([]);
    const findings = inspect(sqlite, ledger);
    sqlite.close();
    server.signal('SIGTERM');
    await server.ended;

    expect(findings).toEqual({ lost: [], halfApplied: [], doubled: [], damage: [] });
    expect(midway).toBeGreaterThan(kills / 2);
    expect(ledger.repeated).toBeGreaterThan(0);
    addFigure('kills survived', kills);
    addFigure('seed of the kills', seed);
    addFigure('kills with a request under way', midway);
    addFigure('acknowledged writes', ledger.acknowledged);
    addFigure('acknowledged writes lost', findings.lost.length);
    addFigure('changes half applied', findings.halfApplied.length);
    addFigure('requests repeated with their key after a kill', ledger.repeated);
    addFigure('requests that took effect twice', findings.doubled.length);
  },
);
