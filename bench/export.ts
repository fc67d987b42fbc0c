import { merchantOrigin, prepareDataset } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import type { Server } from './processes.ts';
import { median, memoryRow, spreadPercent } from './result.ts';
import type { Row } from './result.ts';
import { openSession, startBareExport, startPortal } from './servers.ts';

const invoices = 100_000;
const rounds = 7;
const newline = 0x0a;

interface Target {
  url: string;
  headers: Record<string, string>;
  /** Lines that are no rows. */
  headings: number;
}

interface Download {
  rowsPerSecond: number;
  firstByteMs: number;
}

const countLines = (bytes: Uint8Array): number => {
  let lines = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
    lines += 1;
  }
  return lines;
};

const download = async ({ url, headers, headings }: Target): Promise<Download> => {
  const start = performance.now();
  const response = await fetch(url, { headers });
  let firstByteMs: number | undefined;
  let rows = -headings;
  for await (const chunk of response.body ?? []) {
    firstByteMs ??= performance.now() - start;
    rows += countLines(chunk);
  }
  if (!response.ok || rows !== invoices) {
    throw new Error(`${url} answered ${response.status} with ${rows} rows`);
  }
  return { rowsPerSecond: (1000 * rows) / (performance.now() - start), firstByteMs: firstByteMs ?? NaN };
};

const startOurs = async (server: Server, dataset: Dataset): Promise<Target> => {
  const accessToken = await openSession(server, dataset, dataset.customerIds[0] ?? '');
  return {
    url: `${server.origin}/portal/${dataset.organisationId}/exports/invoices`,
    headers: { authorization: `Bearer ${accessToken}`, origin: merchantOrigin },
    headings: 1,
  };
};

const measure = async (ours: Target, bare: Target): Promise<{ ours: Download[]; bare: Download[] }> => {
  const measured = { ours: [] as Download[], bare: [] as Download[] };
  await download(ours);
  await download(bare);
  for (let round = 0; round < rounds; round += 1) {
    measured.ours.push(await download(ours));
    measured.bare.push(await download(bare));
  }
  return measured;
};

/** The CSV of 100,000 invoices of one customer, and how much memory that takes. */
export const benchExport = async (): Promise<Row[]> => {
  const dataset = await prepareDataset(invoices, invoices);
  const server = await startPortal(dataset);
  const bareServer = await startBareExport(dataset);
  const bareTarget = { url: `${bareServer.origin}/${dataset.customerIds[0]}`, headers: {}, headings: 0 };
  let measured: Awaited<ReturnType<typeof measure>>;
  let peakBytes: number;
  try {
    measured = await measure(await startOurs(server, dataset), bareTarget);
  } finally {
    peakBytes = 1024 * Number(await server.end());
    await bareServer.stop();
  }
  const ours = measured.ours.map(({ rowsPerSecond }) => rowsPerSecond);
  const bare = measured.bare.map(({ rowsPerSecond }) => rowsPerSecond);
  const ourFirst = measured.ours.map(({ firstByteMs }) => firstByteMs);
  const bareFirst = measured.bare.map(({ firstByteMs }) => firstByteMs);
  return [
    {
      work: 'CSV of 100,000 invoices of one customer',
      baseline: 'prepared statement, joined with commas',
      unit: 'rows/s',
      baselineMedian: median(bare),
      ourMedian: median(ours),
      ratio: median(ours) / median(bare),
      goal: 'for information',
      isMet: true,
      spreadPercent: spreadPercent(ours),
    },
    {
      work: 'the same, time to first byte',
      baseline: 'prepared statement, joined with commas',
      unit: 'ms',
      baselineMedian: median(bareFirst),
      ourMedian: median(ourFirst),
      ratio: median(ourFirst) / median(bareFirst),
      goal: 'for information',
      isMet: true,
      spreadPercent: spreadPercent(ourFirst),
    },
    memoryRow([peakBytes]),
  ];
};
