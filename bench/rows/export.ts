import { sqliteDataset } from '../datasets/sqlite-dataset.ts';
import { openSession, portalHeaders, startPortal, startScript } from '../portal.ts';
import { peakResidentMb } from '../process-figures.ts';
import { memoryResult, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';

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

const download = async ({ url, headers, headings }: Target, invoices: number): Promise<Download> => {
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

/** The CSV of 100,000 invoices of one customer, and how much memory that takes. */
export const exportRow: Row = {
  name: 'export',
  about: 'CSV of 100,000 invoices of one customer',
  run: async (stage) => {
    const invoices = stage.isQuick ? 10_000 : 100_000;
    const request = { invoices, invoicesPerCustomer: invoices, isComplete: false };
    const dataset = await sqliteDataset(request, stage.progress);
    const [customerId = ''] = dataset.customerIds;
    const server = await startPortal(stage, dataset);
    const bareServer = await startScript(stage, 'bare/export-server.ts', [dataset.file, dataset.organisationId]);
    const targets = {
      bare: { url: `${bareServer.origin}/${customerId}`, headers: {}, headings: 0 },
      ours: {
        url: `${server.origin}/portal/${dataset.organisationId}/exports/invoices`,
        headers: portalHeaders(await openSession(server, dataset, customerId)),
        headings: 1,
      },
    };
    const measured = { bare: [] as Download[], ours: [] as Download[] };
    await stage.profile?.(server, () => download(targets.ours, invoices));
    for (let round = 0; round <= stage.rounds; round += 1) {
      for (const name of ['bare', 'ours'] as const) {
        const found = await download(targets[name], invoices);
        // The first is the warm-up.
        if (round > 0) measured[name].push(found);
        stage.progress(`round ${round}: ${name} ${found.rowsPerSecond.toFixed(0)} rows a second`);
      }
    }
    const comparison = {
      name: 'export',
      work: `CSV of ${invoices.toLocaleString('en')} invoices of one customer`,
      baseline: 'prepared statement, joined with commas',
    };
    const figures = (figure: keyof Download) => ({
      bare: measured.bare.map((found) => found[figure]),
      ours: measured.ours.map((found) => found[figure]),
    });
    return [
      resultOf({ ...comparison, unit: 'rows/s' }, figures('rowsPerSecond')),
      resultOf(
        { ...comparison, name: 'export-first-byte', work: `${comparison.work}, time to first byte`, unit: 'ms' },
        figures('firstByteMs'),
      ),
      memoryResult('export-memory', `${comparison.work}, peak memory`, [peakResidentMb(server.pid)]),
    ];
  },
};
