import { alternate, column } from '../alternate.ts';
import { assertSameRows, underLoad } from '../http-contest.ts';
import type { Target } from '../http-contest.ts';
import { portalRequests, startPortal } from '../portal.ts';
import { median, resultOf } from '../result.ts';
import { startDirectus } from '../rivals/directus.ts';
import { startExpressKysely } from '../rivals/express-kysely.ts';
import type { SqliteDataset } from '../datasets/sqlite-dataset.ts';
import type { Row, Stage } from '../stage.ts';
import { prepareUsual } from './lists.ts';

const against = (
  name: string,
  rival: string,
  startRival: (stage: Stage, dataset: SqliteDataset) => Promise<Target>,
): Row => ({
  name,
  about: `the invoice list against ${rival}`,
  run: async (stage) => {
    const dataset = await prepareUsual(stage);
    const theirs = await startRival(stage, dataset);
    const server = await startPortal(stage, dataset);
    const ours = { server, requests: await portalRequests(server, dataset, 'invoices?limit=25') };
    await assertSameRows([ours, theirs], 25);
    const measured = await alternate(stage, { bare: underLoad(stage, theirs), ours: underLoad(stage, ours) });
    const comparison = {
      name,
      work: 'GET invoices?limit=25, against what one would otherwise take',
      baseline: rival,
      unit: 'requests/s',
    };
    const rates = { bare: column(measured.bare, 'perSecond'), ours: column(measured.ours, 'perSecond') };
    return [
      resultOf(comparison, rates, {
        'resident memory, theirs, MB': median(column(measured.bare, 'residentMb')),
        'resident memory, ours, MB': median(column(measured.ours, 'residentMb')),
      }),
    ];
  },
});

export const rivals: readonly Row[] = [
  against('express-kysely', 'Express + Kysely as most would write it', startExpressKysely),
  against('directus', 'Directus 11', startDirectus),
];
