import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Browser, BrowserContext } from '@playwright/test';
import { secretsIn } from './forms.ts';
import type { Secret } from './forms.ts';

/** The run's own list of what was issued during it; the one file of the folder that holds it all. */
const issuedFile = (folder: string): string => `${folder}issued-secrets.ndjson`;

export const readIssued = (folder: string): Secret[] => {
  const file = issuedFile(folder);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  const secrets = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Secret);
  return [...new Map(secrets.map((secret) => [secret.text, secret])).values()];
};

/** Writes down the secrets in all that passes between the tests, the browser and the servers. */
export class IssuedSecrets {
  private readonly file: string;
  private readonly known = new Set<string>();
  private readonly pending = new Set<Promise<void>>();

  constructor(folder: string) {
    this.file = issuedFile(folder);
  }

  note(text: string): void {
    for (const secret of secretsIn(text)) {
      if (!this.known.has(secret.text)) {
        this.known.add(secret.text);
        appendFileSync(this.file, `${JSON.stringify(secret)}\n`);
      }
    }
  }

  /** An answer that the page leaves behind cannot be read any more; what was in it shows up in the next request. */
  private later(text: Promise<string | null>): void {
    const noted: Promise<void> = text
      .then((found) => this.note(found ?? ''))
      .catch(() => undefined)
      .finally(() => this.pending.delete(noted));
    this.pending.add(noted);
  }

  private hear(context: BrowserContext): void {
    context.on('request', (request) => {
      this.note(request.url());
      this.note(Object.values(request.headers()).join('\n'));
      this.note(request.postData() ?? '');
    });
    context.on('response', (response) => {
      this.later(response.headerValue('set-cookie'));
      if (/session|login|account|simple|redirect|webhook|api_keys/.test(new URL(response.url()).pathname)) {
        this.later(response.text());
      }
    });
  }

  /** Hears everything that this browser's pages send and get. */
  async hearWhile(browser: Browser, use: (browser: Browser) => Promise<void>): Promise<void> {
    browser.on('context', (context) => this.hear(context));
    await use(browser);
    await Promise.all(this.pending);
  }

  /** The same of what the tests themselves send. */
  heardFetch(send: typeof fetch): typeof fetch {
    return async (input, init) => {
      this.note(typeof input === 'string' ? input : '');
      this.note(typeof init?.body === 'string' ? init.body : '');
      this.note(JSON.stringify(init?.headers ?? {}));
      const response = await send(input, init);
      if (/json|html/.test(response.headers.get('content-type') ?? '')) {
        this.note(await response.clone().text());
      }
      this.note(response.headers.getSetCookie().join('\n'));
      return response;
    };
  }
}
