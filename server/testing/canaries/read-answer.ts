import { inflateSync } from 'node:zlib';
import { readPdf } from '../read-pdf.ts';
import { readZip } from '../read-zip.ts';

/** An answer as it came, decompressed. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

const inflated = (stream: string): string => {
  try {
    return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
  } catch {
    return '';
  }
};

const textsOfPdf = async (bytes: Buffer): Promise<string[]> => {
  const { pages, actualTexts, title, author } = await readPdf(bytes);
  const file = bytes.toString('latin1');
  const streams = Array.from(file.matchAll(/stream\r?\n(.*?)\r?\nendstream/gs), ([, stream = '']) => inflated(stream));
  const texts = [...pages, ...actualTexts, String(title), String(author)];
  // A word that is too long for its column is broken.
  return [...texts, ...texts.map((text) => text.replaceAll(/\s/g, '')), file, ...streams];
};

const isFile = (bytes: Buffer, signature: string): boolean =>
  bytes.subarray(0, signature.length).toString('latin1') === signature;

/** Cursors and tokens are base64url in parts. */
const decoded = (text: string): string[] =>
  Array.from(text.matchAll(/[A-Za-z0-9_-]{20,}/g), ([part]) => Buffer.from(part, 'base64url').toString('utf8'));

const textsOfBytes = async (bytes: Buffer): Promise<string[]> => {
  if (isFile(bytes, '%PDF-')) {
    return textsOfPdf(bytes);
  }
  if (isFile(bytes, 'PK')) {
    const files = readZip(bytes);
    const texts = await Promise.all(files.map(async (file) => [file.name, ...(await textsOfBytes(file.bytes))]));
    return texts.flat();
  }
  return [bytes.toString('utf8')];
};

/** What a reader with patience gets out of a body: files unpacked, streams inflated, what is encoded decoded. */
export const textsOfBody = async ({ bytes }: Pick<RawAnswer, 'bytes'>): Promise<string[]> => {
  const texts = await textsOfBytes(bytes);
  return [...texts, ...decoded(bytes.toString('latin1'))];
};

/** The same of a whole answer, with its headers. */
export const textsOfAnswer = async (answer: RawAnswer): Promise<string[]> => {
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return [headers, decodeURIComponent(answer.headers.get('content-disposition') ?? ''), ...(await textsOfBody(answer))];
};

/**
 * The answer without what differs between two askings of the same: the request's id, when a PDF was made, and the ETag,
 * which goes by the customer's own entries in the audit, such as opening one more session.
 */
export const comparable = async ({ status, headers, bytes }: RawAnswer): Promise<string> => {
  const named = ['content-type', 'content-disposition'].map((name) => headers.get(name));
  const requestId = headers.get('x-request-id') ?? '';
  const isPacked = isFile(bytes, '%PDF-') || isFile(bytes, 'PK');
  const body = isPacked
    ? (await readable(bytes)).join('\n')
    : bytes.toString('latin1').replaceAll(requestId, 'request-id');
  return JSON.stringify([status, named, body]);
};

const readable = async (bytes: Buffer): Promise<string[]> => {
  if (isFile(bytes, '%PDF-')) {
    const { pages, title } = await readPdf(bytes);
    return [...pages, String(title)];
  }
  const files = await Promise.all(readZip(bytes).map(async (file) => [file.name, ...(await readable(file.bytes))]));
  return files.flat();
};
