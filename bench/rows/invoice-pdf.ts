import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { brotliDecompressSync } from 'node:zlib';
import { create } from 'fontkit';
import PDFDocument from 'pdfkit';
import { GlyphWriter } from '../../server/documents/glyph-writer.ts';
import { renderInvoicePdf } from '../../server/documents/invoice-pdf.ts';
import type { InvoiceDocument } from '../../server/documents/invoice-pdf.ts';
import { atLeast, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';

const perRound = 20;
const lines = 24;

const address = {
  line1: '350 Battery Street',
  line2: 'Floor 6',
  line3: null,
  city: 'New York',
  state: 'NY',
  zipCode: '10280',
  country: 'United States',
  country_code: 'US',
};

/** Each invoice has numbers of its own, as invoices have. */
const invoiceOf = (serial: number): InvoiceDocument => {
  const id = '0199a000-0000-7000-8000-000000000000';
  const items = Array.from({ length: lines }, (_, index) => {
    const subtotal = 1_000 + ((serial * 7_919 + index * 104_729) % 900_000);
    const tax = Math.round(subtotal * 0.08875);
    return {
      id,
      name: `Compute, region ${index + 1}`,
      description: 'Usage of the month before',
      quantity: subtotal / 8,
      unit: 'hours',
      unit_price: '0.08',
      subtotal,
      discount: 0,
      tax_rate: '8.875',
      tax,
      total: subtotal + tax,
      period: null,
      is_proration: false,
    };
  });
  const subtotal = items.reduce((sum, item) => sum + item.subtotal, 0);
  const tax = items.reduce((sum, item) => sum + item.tax, 0);
  return {
    createdAt: 0,
    timeZone: 'UTC',
    issuer: {
      name: 'Northwind Cloud',
      email: 'billing@northwind-cloud.example',
      address,
      taxId: 'EIN 98-7654321',
      accent: '#0f766e',
      logo: null,
    },
    recipient: {
      name: `Customer ${serial}`,
      email: `billing@customer-${serial}.example`,
      address,
      shipTo: null,
      taxInfo: [],
    },
    invoice: {
      id,
      invoice_number: `INV-${serial}`,
      status: 'approved',
      currency: 'USD',
      invoice_total: subtotal + tax,
      amount_due: subtotal + tax,
      due_date: '2026-12-01T00:00:00.000Z',
      invoice_period: { begin_date: '2026-11-01T00:00:00.000Z', end_date_exclusive: '2026-12-01T00:00:00.000Z' },
      created_at: '2026-11-01T00:00:00.000Z',
      is_overdue: false,
      days_overdue: null,
      subtotal,
      discount_total: 0,
      tax_total: tax,
      paid_amount: 0,
      credited_amount: 0,
      notes: 'Thank you for your business.',
      paid_at: null,
      contract: null,
      from: { name: 'Northwind Cloud', email: null, address, tax_id: null },
      customer: { id, customer_name: `Customer ${serial}`, email: null, address, ship_to_address: null },
      line_items: items,
      payments: [],
      credit_notes: [],
    },
  };
};

interface Drawn {
  page: number;
  font: string;
  text: string;
  size: number;
  x: number;
  y: number;
}

const drain = async (content: Readable): Promise<number> => {
  let bytes = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    bytes += chunk.length;
  }
  return bytes;
};

/** What one run of ours draws for an invoice, and where. */
const record = async (invoice: InvoiceDocument): Promise<Drawn[]> => {
  const drawn: Drawn[] = [];
  const pages: unknown[] = [];
  const { write } = GlyphWriter.prototype;
  GlyphWriter.prototype.write = function (runs, size, x, y): void {
    const { page } = this['document'];
    if (!pages.includes(page)) {
      pages.push(page);
    }
    let left = x;
    for (const { typeface, text, width } of runs) {
      drawn.push({ page: pages.indexOf(page), font: typeface.name, text, size, x: left, y });
      left += width * size;
    }
    write.call(this, runs, size, x, y);
  };
  await drain(renderInvoicePdf(invoice));
  GlyphWriter.prototype.write = write;
  return drawn;
};

/** Read once, as ours are. */
const fonts = new Map(
  ['NotoSans-Regular', 'NotoSans-Bold'].map((name) => [
    name,
    create(brotliDecompressSync(readFileSync(new URL(`../../server/documents/fonts/${name}.ttf.br`, import.meta.url)))),
  ]),
);

/** pdfkit alone: every line at a place that is known already, untagged, in one colour. */
const drawBare = (drawn: readonly Drawn[]): Readable => {
  const document = new PDFDocument({ size: 'A4', margin: 0, font: '', bufferPages: true });
  for (const [name, font] of fonts) {
    document.registerFont(name, font);
  }
  let pages = 1;
  for (const { page, font, text, size, x, y } of drawn) {
    while (pages <= page) {
      document.addPage();
      pages += 1;
    }
    document.switchToPage(page);
    document.font(font).fontSize(size).text(text, x, y, { lineBreak: false, baseline: 'alphabetic' });
  }
  document.end();
  return document;
};

const perSecond = async (contents: readonly (() => Readable)[]): Promise<number> => {
  const start = performance.now();
  for (const content of contents) {
    if ((await drain(content())) < 10_000) {
      throw new Error('An invoice came out empty');
    }
  }
  return (contents.length * 1000) / (performance.now() - start);
};

const serialsOf = (round: number): number[] => Array.from({ length: perRound }, (_, index) => round * perRound + index);

/** Two-page invoices a second. Ours are others than those that were recorded, so that none of its texts is known. */
export const invoicePdf: Row = {
  name: 'invoice-pdf',
  about: 'PDF of a two-page invoice',
  run: async (stage) => {
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round <= 2 * stage.rounds; round += 1) {
      const recorded: Drawn[][] = [];
      for (const serial of serialsOf(round)) {
        recorded.push(await record(invoiceOf(serial)));
      }
      if (recorded.some((drawn) => Math.max(...drawn.map(({ page }) => page)) !== 1)) {
        throw new Error('An invoice does not have two pages');
      }
      const bareRate = await perSecond(recorded.map((drawn) => () => drawBare(drawn)));
      const fresh = serialsOf(round).map((serial) => invoiceOf(1_000_000 + serial));
      const ourRate = await perSecond(fresh.map((invoice) => () => renderInvoicePdf(invoice)));
      // The first is the warm-up.
      if (round > 0) {
        bare.push(bareRate);
        ours.push(ourRate);
        stage.progress(`round ${round}: ${ourRate.toFixed(0)} a second, bare ${bareRate.toFixed(0)}`);
      }
    }
    const comparison = {
      name: 'invoice-pdf',
      work: 'PDF of a two-page invoice, tagged',
      baseline: 'pdfkit, the same lines at known places',
      unit: 'invoices/s',
      goal: atLeast(0.5),
    };
    return [resultOf(comparison, { bare, ours })];
  },
};
