import { once } from 'node:events';
import { createServer } from 'node:https';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../testing/certificate.ts';
import { readPdf } from '../testing/read-pdf.ts';
import { fetchLogo, LogoCache } from './logo.ts';
import { isPicture } from './picture.ts';
import { renderReceiptPdf } from './receipt-pdf.ts';

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

const headerOf = (width: number, height: number, interlace = 0): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, interlace], 8);
  return header;
};

/** A PNG of red pixels with an alpha channel. */
const png = ({ width = 8, height = 4, interlace = 0, rows = 4, filter = 0, before = [] as Buffer[] } = {}): Buffer => {
  const row = Buffer.concat([Buffer.from([filter]), Buffer.alloc(width * 4, Buffer.from([255, 0, 0, 128]))]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', headerOf(width, height, interlace)),
    ...before,
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: rows }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const host = 'logos.example';
const { key, cert } = selfSigned(host);
const servers: Server[] = [];

const serve = async (answer: RequestListener): Promise<string> => {
  const server = createServer({ key, cert }, answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `https://${host}:${(server.address() as AddressInfo).port}/logo.png`;
};

const transport = {
  isAllowed: () => true,
  resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
  ca: cert,
};

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('fetchLogo', () => {
  it('fetches a picture', async () => {
    const url = await serve((_req, res) => res.end(png()));
    expect(await fetchLogo(url, transport)).toEqual(png());
  });

  it('refuses an address that is not public', async () => {
    let asked = 0;
    const url = await serve((_req, res) => {
      asked += 1;
      res.end(png());
    });
    const { isAllowed: _isAllowed, ...named } = transport;
    const { isPublicAddress } = await import('../http/public-address.ts');
    expect(await fetchLogo(url, { ...named, isAllowed: isPublicAddress })).toBeNull();
    expect(asked).toBe(0);
  });

  for (const url of [
    'http://logos.example/a.png',
    'https://127.0.0.1/a.png',
    'https://a:b@logos.example/',
    'data:,x',
  ]) {
    it(`refuses ${url}`, async () => {
      expect(await fetchLogo(url, transport)).toBeNull();
    });
  }

  for (const [what, answer] of [
    ['a redirect', (_req, res) => res.writeHead(302, { location: 'https://logos.example/' }).end(png())],
    ['an error', (_req, res) => res.writeHead(500).end(png())],
    ['what is no picture', (_req, res) => res.end('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['more than a megabyte', (_req, res) => res.end(Buffer.concat([png(), Buffer.alloc(1_048_576)]))],
    [
      'an answer that breaks off',
      (_req, res) => res.writeHead(200, { 'content-length': 9_999 }).write(png(), () => res.destroy()),
    ],
  ] as [string, RequestListener][]) {
    it(`does without ${what}`, async () => {
      expect(await fetchLogo(await serve(answer), transport)).toBeNull();
    });
  }
});

describe('LogoCache', () => {
  it('asks again for a failure after five minutes and for a logo after an hour', async () => {
    const answers = [null, png()];
    let asked = 0;
    const cache = new LogoCache(() => Promise.resolve(answers[asked++] ?? null));
    expect(await cache.get('https://a.example', 0)).toBeNull();
    expect(await cache.get('https://a.example', 299_999)).toBeNull();
    expect(await cache.get('https://a.example', 300_000)).toEqual(png());
    expect(await cache.get('https://a.example', 3_899_999)).toEqual(png());
    expect(asked).toBe(2);
    expect(await cache.get('https://a.example', 3_900_000)).toBeNull();
  });
});

describe('isPicture', () => {
  for (const [what, bytes] of [
    ['interlaced', png({ interlace: 1 })],
    ['too short', png({ rows: 3 })],
    ['too long', png({ rows: 5 })],
    ['of an unknown filter', png({ filter: 5 })],
    ['larger than memory should hold', png({ width: 60_000, height: 60_000, rows: 1 })],
    ['cut off', png().subarray(0, 60)],
    ['empty', Buffer.alloc(0)],
    ['said to be huge the second time', png({ before: [chunk('IHDR', headerOf(0x7fffffff, 0x7fffffff))] })],
    ['said to be interlaced the second time', png({ before: [chunk('IHDR', headerOf(8, 4, 1))] })],
    ['of other rows the second time', png({ before: [chunk('IHDR', headerOf(1, 4))] })],
    ['of two palettes', png({ before: [chunk('PLTE', Buffer.alloc(3)), chunk('PLTE', Buffer.alloc(1))] })],
    ['of two transparencies', png({ before: [chunk('tRNS', Buffer.alloc(6)), chunk('tRNS', Buffer.alloc(6))] })],
  ] as const) {
    it(`refuses a PNG that is ${what}`, () => {
      expect(isPicture(bytes)).toBe(false);
    });
  }

  const jpeg = (...frame: number[]): Buffer => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 2, ...frame]);

  it('takes a JPEG that says its size and colours', () => {
    expect(isPicture(jpeg(0xff, 0xc0, 0, 8, 8, 0, 5, 0, 7, 3))).toBe(true);
  });

  for (const [what, bytes] of [
    ['nothing but a beginning', Buffer.from([0xff, 0xd8, 0xff])],
    ['without a frame', jpeg(0xff, 0xda, 0, 2)],
    ['cut off in its frame', jpeg(0xff, 0xc0, 0, 8, 8)],
    ['cut off behind the marker', jpeg(0xff, 0xc0)],
    ['without height', jpeg(0xff, 0xc0, 0, 8, 8, 0, 0, 0, 7, 3)],
    ['without width', jpeg(0xff, 0xc0, 0, 8, 8, 0, 5, 0, 0, 3)],
    ['of nine colours', jpeg(0xff, 0xc0, 0, 8, 8, 0, 5, 0, 7, 9)],
    ['of segments without length', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100_000)])],
  ] as const) {
    it(`refuses a JPEG that is ${what}`, () => {
      expect(isPicture(bytes)).toBe(false);
    });
  }
});

describe('a logo on a document', () => {
  const withLogo = async (logo: Buffer) => {
    const bytes = await buffer(
      renderReceiptPdf({
        issuer: { name: 'Northwind Cloud', email: null, address: null, taxId: null, accent: null, logo },
        recipient: { name: 'Somebody', email: null, address: null, shipTo: null, taxInfo: [] },
        payment: {
          id: '0199a000-0000-7000-8000-000000000000',
          type: 'payment',
          status: 'success',
          amount: 100,
          amount_refunded: 0,
          currency_code: 'USD',
          payment_method: 'card',
          payment_method_details: null,
          timestamp: '2026-11-10T10:00:00.000Z',
          receipt_number: null,
          failure_message: null,
          parent: null,
          invoices: [],
        },
        timeZone: 'UTC',
        createdAt: 0,
      }),
    );
    return { ...(await readPdf(bytes)), hasImage: bytes.includes('/Subtype /Image') };
  };

  it('is a figure that is described', async () => {
    const { roles, hasImage } = await withLogo(png());
    expect(roles).toContain('Figure');
    expect(hasImage).toBe(true);
  });

  it('gives way to the initial when it cannot be drawn', async () => {
    const { roles, pages, hasImage } = await withLogo(Buffer.from([0xff, 0xd8, 0xff, 0, 0]));
    expect(roles).not.toContain('Figure');
    expect(hasImage).toBe(false);
    expect(pages[0]).toMatch(/^N ?Receipt/);
  });
});
