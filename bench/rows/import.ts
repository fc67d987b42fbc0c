import { createReadStream } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { insertRows } from '../bare/insert-rows.ts';
import { prepareBulkDataset } from '../datasets/bulk-dataset.ts';
import type { BulkDataset } from '../datasets/bulk-dataset.ts';
import { startPortal } from '../portal.ts';
import { peakResidentMb } from '../process-figures.ts';
import type { Server } from '../processes.ts';
import { atLeast, memoryResult, resultOf } from '../result.ts';
import type { Row, Stage } from '../stage.ts';

const rowsAnInvoice = 3;
/** As many as the server commits together. */
const batchSize = 500;

const countCreated = async (answer: IncomingMessage): Promise<number> => {
  let created = 0;
  for await (const line of createInterface({ input: answer })) {
    created += line.includes('"status":"created"') ? 1 : 0;
  }
  return created;
};

/** Sends the whole file while it reads the results; answers how long that took. */
const importAll = async (
  server: Server,
  { records, invoices, organisationId, apiKey }: BulkDataset,
): Promise<number> => {
  const start = performance.now();
  const sent = request(`${server.origin}/invoices/bulk`, {
    method: 'PUT',
    headers: { 'content-type': 'application/x-ndjson', organisation: organisationId, 'x-api-key': apiKey },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sent.once('error', reject).once('response', (answer: IncomingMessage) => {
      if (answer.statusCode === 200) {
        countCreated(answer).then(resolve, reject);
      } else {
        reject(new Error(`The import was answered ${answer.statusCode}`));
      }
    });
  });
  createReadStream(records).pipe(sent);
  const created = await answered;
  if (created !== invoices) {
    throw new Error(`Of ${invoices} invoices, ${created} were created`);
  }
  return performance.now() - start;
};

interface Round {
  ours: number;
  bare: number;
  peakMb: number;
}

const runRound = async (stage: Stage, dataset: BulkDataset): Promise<Round> => {
  const file = await dataset.emptyDatabase('ours');
  const server = await startPortal(stage, { url: `sqlite:${file}` });
  const elapsedMs = await importAll(server, dataset);
  const peakMb = peakResidentMb(server.pid);
  await server.stop();
  const bare = insertRows(dataset.organisationId, file, await dataset.emptyDatabase('bare'), batchSize);
  return { ours: (1000 * rowsAnInvoice * dataset.invoices) / elapsedMs, bare, peakMb };
};

/** 100,000 invoices with two lines each through `PUT /invoices/bulk`, and how much memory that takes. */
export const importRow: Row = {
  name: 'import',
  about: 'PUT /invoices/bulk of 100,000 invoices with two lines',
  run: async (stage) => {
    const invoices = stage.isQuick ? 1_000 : 100_000;
    const dataset = await prepareBulkDataset(invoices);
    const measured: Round[] = [];
    for (let round = 1; round <= stage.rounds; round += 1) {
      const found = await runRound(stage, dataset);
      measured.push(found);
      stage.progress(`round ${round}: ours ${found.ours.toFixed(0)} rows a second, bare ${found.bare.toFixed(0)}`);
    }
    const comparison = {
      name: 'import',
      work: `PUT /invoices/bulk of ${invoices.toLocaleString('en')} invoices with two lines`,
      baseline: 'prepared better-sqlite3 inserts',
      unit: 'rows/s',
      goal: atLeast(0.5),
    };
    const rates = { bare: measured.map((round) => round.bare), ours: measured.map((round) => round.ours) };
    const peaks = measured.map((round) => round.peakMb);
    return [resultOf(comparison, rates), memoryResult('import-memory', `${comparison.work}, peak memory`, peaks)];
  },
};
