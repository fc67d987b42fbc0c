import { hash } from 'node:crypto';
import type { Config } from '../config.ts';
import { portalVersion } from '../version.ts';

/** An answer that need not be made for a caller who has it: one that depends on the request and its version alone. */
export class Versioned<Body> {
  readonly version: string;
  readonly read: () => Promise<Body>;

  constructor(version: string, read: () => Promise<Body>) {
    this.version = version;
    this.read = read;
  }
}

const etagLength = 22;

/** Names what an answer is made of, with a secret: how often a merchant's records change is nobody else's to guess. */
export type EtagMaker = (url: string, version: string) => string;

export const etagMaker = ({ signingKeys: [{ key }] }: Pick<Config, 'signingKeys'>): EtagMaker => {
  const secret = hash('sha256', `etag:${portalVersion}:${key.export().toString('base64')}`);
  return (url, version) => `W/"${hash('sha256', `${secret} ${url} ${version}`, 'base64url').slice(0, etagLength)}"`;
};

/** The ETag of an answer that says nothing of its version. */
export const etagOfText = (text: string): string => `"${hash('sha256', text, 'base64url').slice(0, etagLength)}"`;

const withoutWeakness = (etag: string): string => (etag.startsWith('W/') ? etag.slice(2) : etag);

/** Whether the caller has the answer with this ETag already. `*` names none: what is there at all is not asked here. */
export const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch === etag || ifNoneMatch.split(',').some((one) => withoutWeakness(one.trim()) === withoutWeakness(etag)));
