import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';
import { afterEach, describe, expect, it } from 'vitest';
import { amount, csvStream, number, text } from './csv.ts';

interface Fee {
  name: string | null;
  minor: number | null;
  currency: string;
}

const columns = [
  text<Fee>('Name', (fee) => fee.name),
  amount<Fee>(
    'Amount',
    (fee) => fee.minor,
    (fee) => fee.currency,
  ),
  number<Fee>('Minor units', (fee) => fee.minor),
];

const fileOf = (pages: Fee[][], format: 'csv' | 'excel' = 'csv') => buffer(csvStream(columns, pages, format));

describe('csvStream', () => {
  it('writes headings alone for nothing', async () => {
    expect((await fileOf([])).toString()).toBe('Name,Amount,Minor units\r\n');
  });

  it('keeps numbers numbers, with the decimals of their currency, and leaves empty what is null', async () => {
    const fees: Fee[] = [
      { name: 'Dollars', minor: 1_250, currency: 'USD' },
      { name: 'Back', minor: -1_250, currency: 'USD' },
      { name: 'Cents', minor: -7, currency: 'USD' },
      { name: 'Yen', minor: 120_500, currency: 'JPY' },
      { name: 'Dinars', minor: -1_205, currency: 'KWD' },
      { name: 'Fils', minor: 5, currency: 'KWD' },
      { name: 'Large', minor: 999_999_999_999_999, currency: 'USD' },
      { name: null, minor: null, currency: 'USD' },
    ];
    expect((await fileOf([fees])).toString().split('\r\n')).toEqual([
      'Name,Amount,Minor units',
      'Dollars,12.50,1250',
      'Back,-12.50,-1250',
      'Cents,-0.07,-7',
      'Yen,120500,120500',
      'Dinars,-1.205,-1205',
      'Fils,0.005,5',
      'Large,9999999999999.99,999999999999999',
      ',,',
      '',
    ]);
  });

  it('gives every text back, whatever is in it', async () => {
    const names = [
      "O'Hara & Sons",
      'a,b',
      'say "no"',
      '"',
      'one\ntwo',
      'one\r\ntwo',
      'one\rtwo',
      ' padded ',
      '株式会社',
      '🧾',
      'x'.repeat(30_000),
    ];
    const file = await fileOf([names.map((name) => ({ name, minor: 1, currency: 'USD' }))]);
    expect(parse(file, { columns: true, record_delimiter: '\r\n' })).toEqual(
      names.map((Name) => ({ Name, Amount: '0.01', 'Minor units': '1' })),
    );
  });

  it('begins with a byte order mark for Excel, and only there', async () => {
    const mark = [0xef, 0xbb, 0xbf];
    const file = await fileOf([[{ name: 'é', minor: 1, currency: 'USD' }], []], 'excel');
    expect([...file.subarray(0, 3)]).toEqual(mark);
    expect(file.subarray(3).toString()).toBe('Name,Amount,Minor units\r\né,0.01,1\r\n');
    expect((await fileOf([])).indexOf(Buffer.from(mark))).toBe(-1);
  });
});

describe('csvStream to a caller who is slow', () => {
  let close: (() => void) | undefined;
  afterEach(() => close?.());

  const serveEndlessFile = async () => {
    let made = 0;
    const ended = Promise.withResolvers<undefined>();
    async function* pages(): AsyncGenerator<Fee[]> {
      try {
        for (;;) {
          made += 1;
          yield Array.from({ length: 500 }, () => ({ name: 'x'.repeat(200), minor: 1, currency: 'USD' }));
        }
      } finally {
        ended.resolve(undefined);
      }
    }
    const stalled = Promise.withResolvers<undefined>();
    const server = createServer((_req, res) => {
      const file = csvStream(columns, pages(), 'csv');
      file.on('pause', () => {
        stalled.resolve(undefined);
      });
      pipeline(file, res).catch(() => undefined);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    close = () => {
      server.closeAllConnections();
      server.close();
    };
    const call = request({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
    call.on('error', () => undefined);
    call.end();
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    return { call, answer, stalled: stalled.promise, ended: ended.promise, made: () => made };
  };

  it('waits until more is read', async () => {
    const { answer, stalled, made } = await serveEndlessFile();
    await stalled;
    const before = made();
    expect(before).toBeLessThan(200);
    answer.on('data', () => {
      if (made() > before + 50) {
        answer.destroy();
      }
    });
    await once(answer, 'close');
    expect(made()).toBeGreaterThan(before + 50);
  });

  it('stops when the caller goes away', async () => {
    const { call, stalled, ended } = await serveEndlessFile();
    await stalled;
    call.destroy();
    await ended;
  });
});
