import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RequestHandler } from 'express';

const compress = promisify(gzip);

interface ServedText {
  body: string;
  compressed: Buffer;
  etag: string;
}

const prepare = async (body: string): Promise<ServedText> => ({
  body,
  compressed: await compress(body, { level: 9 }),
  etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
});

/**
 * Serves a text that never changes while the server runs: made when it is first asked for, compressed once, and not sent
 * to a caller who has it.
 */
export const servedText = (
  makeText: () => string | Promise<string>,
  headers: Record<string, string>,
): RequestHandler => {
  let text: Promise<ServedText> | undefined;
  return async (req, res) => {
    text ??= Promise.resolve(makeText()).then(prepare);
    const { body, compressed, etag } = await text;
    res.set({ 'cache-control': 'public, max-age=300', etag, vary: 'Accept-Encoding' });
    if (req.fresh) {
      res.status(304).end();
      return;
    }
    res.set(headers);
    if (req.acceptsEncodings('gzip') === 'gzip') {
      res.set('content-encoding', 'gzip').end(compressed);
    } else {
      res.end(body);
    }
  };
};
