import { createReadStream } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { insertRows } from './bare/insert-rows.ts';
import { prepareBulkDataset } from './bulk-dataset.ts';
import type { BulkDataset } from './bulk-dataset.ts';
import type { Server } from './processes.ts';
import { median, memoryRow, spreadPercent } from './result.ts';
import type { Row } from './result.ts';
import { startPortal } from './servers.ts';

const rounds = 5;
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
const importAll = async (server: Server, { records, invoices, organisationId, apiKey }: BulkDataset) => {
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
  peakBytes: number;
}

const runRound = async (dataset: BulkDataset): Promise<Round> => {
  const file = await dataset.emptyDatabase('ours');
  const server = await startPortal({ file });
  let elapsedMs: number;
  let peakBytes: number;
  try {
    elapsedMs = await importAll(server, dataset);
  } finally {
    peakBytes = 1024 * Number(await server.end());
  }
  const bare = insertRows(dataset.organisationId, file, await dataset.emptyDatabase('bare'), batchSize);
  return { ours: (1000 * rowsAnInvoice * dataset.invoices) / elapsedMs, bare, peakBytes };
};

/** 100,000 invoices with two lines each through `PUT /invoices/bulk`, and how much memory that takes. */
export const benchBulkImport = async (): Promise<Row[]> => {
  // Each preparation makes the empty database, with its key, anew.
  await runRound(await prepareBulkDataset(10_000));
  const dataset = await prepareBulkDataset(100_000);
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    measured.push(await runRound(dataset));
  }
  const ours = measured.map((round) => round.ours);
  const bare = measured.map((round) => round.bare);
  const ratio = median(ours) / median(bare);
  return [
    {
      work: 'PUT /invoices/bulk of 100,000 invoices with two lines',
      baseline: 'prepared better-sqlite3 inserts',
      unit: 'rows/s',
      baselineMedian: median(bare),
      ourMedian: median(ours),
      ratio,
      goal: '>= 0.5',
      isMet: ratio >= 0.5,
      spreadPercent: spreadPercent(ours),
    },
    memoryRow(measured.map((round) => round.peakBytes)),
  ];
};
