import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { problemOfTarget } from '../http/outbound-target.ts';
import { checkedLookup, isPublicAddress, systemResolve } from '../http/public-address.ts';
import type { Resolve } from '../http/public-address.ts';
import { isPicture } from './picture.ts';

const mostBytes = 1_048_576;
const mostLogos = 50;
const timeoutMs = 3_000;
const keptMs = 3_600_000;
const failureKeptMs = 300_000;

/** How a logo is fetched. Tests bring their own names and certificates. */
export interface LogoTransport {
  isAllowed: (address: string) => boolean;
  resolve: Resolve;
  /** Certificate authorities to trust besides the usual ones, PEM. */
  ca?: string;
}

const publicOnly: LogoTransport = { isAllowed: isPublicAddress, resolve: systemResolve };

const open = (url: string, { isAllowed, resolve, ca }: LogoTransport): Promise<IncomingMessage> =>
  new Promise((fulfil, reject) => {
    const options = {
      agent: false,
      lookup: checkedLookup(isAllowed, resolve),
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'image/png, image/jpeg', 'user-agent': 'zenskar-portal-documents/1' },
      ...(ca === undefined ? {} : { ca }),
    };
    request(url, options, fulfil).on('error', reject).end();
  });

/**
 * Fetches a picture over https from a public address, without following redirects. Answers null for whatever else comes
 * of it: no PNG or JPEG, more than 1 MB, no answer within three seconds.
 */
export const fetchLogo = async (url: string, transport = publicOnly): Promise<Buffer | null> => {
  if (problemOfTarget(url, false) !== undefined) {
    return null;
  }
  try {
    const response = await open(url, transport);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (response.statusCode !== 200 || length > mostBytes) {
        return null;
      }
    }
    const bytes = Buffer.concat(chunks);
    return response.statusCode === 200 && isPicture(bytes) ? bytes : null;
  } catch {
    return null;
  }
};

interface Kept {
  until: number;
  logo: Promise<Buffer | null>;
}

/** The logos that were asked for last, so that a document seldom waits for somebody else's server. */
export class LogoCache {
  private readonly kept = new Map<string, Kept>();
  private readonly fetch: typeof fetchLogo;

  constructor(fetch = fetchLogo) {
    this.fetch = fetch;
  }

  /** `now`: milliseconds since 1970. A failure is tried again after five minutes, a logo after an hour. */
  get(url: string, now: number): Promise<Buffer | null> {
    const known = this.kept.get(url);
    if (known !== undefined && known.until > now) {
      return known.logo;
    }
    const kept: Kept = { until: now + keptMs, logo: this.fetch(url) };
    this.kept.delete(url);
    this.kept.set(url, kept);
    void kept.logo.then((logo) => {
      if (logo === null) {
        kept.until = now + failureKeptMs;
      }
    });
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostLogos && oldest !== undefined) {
      this.kept.delete(oldest);
    }
    return kept.logo;
  }
}
