import type { IncomingMessage, ServerResponse } from 'node:http';

interface Context {
  req: IncomingMessage;
  res: ServerResponse;
  path: string;
  method: string;
  status: number;
  body: unknown;
  respond?: boolean;
  set(name: string, value: string): void;
}

/** What the server answers to one request; `drop` closes the connection without an answer. */
export interface ScriptedAnswer {
  status?: number;
  body?: unknown;
  etag?: string;
  /** Seconds, as the header says it. */
  retryAfter?: number;
  drop?: boolean;
}

/** By `METHOD path-behind-the-organisation`: answers in order, the last one again and again. */
export type Script = Record<string, ScriptedAnswer[]>;

export interface RecordedCall {
  key: string;
  headers: Record<string, unknown>;
  body: unknown;
}

interface Wire {
  script: Script;
  calls: RecordedCall[];
}

const readJson = async (req: IncomingMessage): Promise<unknown> => {
  let text = '';
  for await (const chunk of req) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
};

/**
 * For browser tests: a portal at `/wire/{name}` that answers what the test has scripted (`PUT /wire/{name}`), over real
 * HTTP, and tells what it was asked (`GET /wire/{name}`).
 */
export const wireMiddleware = () => {
  const wires = new Map<string, Wire>();
  return async (ctx: Context, next: () => Promise<void>): Promise<void> => {
    const [, name = '', rest] = /^\/wire\/([\w-]+)(?:\/portal\/[^/]+\/(.+))?$/.exec(ctx.path) ?? [];
    if (name === '') {
      await next();
      return;
    }
    const body = await readJson(ctx.req);
    if (rest === undefined) {
      if (ctx.method === 'PUT') wires.set(name, { script: body as Script, calls: [] });
      ctx.body = wires.get(name)?.calls ?? [];
      return;
    }
    const key = `${ctx.method} ${rest}`;
    const wire = wires.get(name);
    wire?.calls.push({ key, headers: ctx.req.headers, body });
    const answers = wire?.script[key] ?? [];
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 404, body: {} };
    if (answer.drop === true) {
      ctx.respond = false;
      ctx.res.destroy();
      return;
    }
    ctx.status = answer.status ?? 200;
    if (answer.etag !== undefined) ctx.set('etag', answer.etag);
    if (answer.retryAfter !== undefined) ctx.set('retry-after', String(answer.retryAfter));
    ctx.body = answer.body;
  };
};
