import type { Mark, Marks, Owner } from './marks.ts';
import { textsOfAnswer } from './read-answer.ts';
import type { RawAnswer } from './read-answer.ts';

/** Somebody who reads all that can be reached, and remembers every answer. */
export interface Visitor {
  answers: { request: string; answer: RawAnswer }[];
  ask(method: string, path: string, options?: { headers?: Record<string, string>; body?: unknown }): Promise<RawAnswer>;
}

export const visitorAt = (address: string, headers: Record<string, string>): Visitor => {
  const answers: Visitor['answers'] = [];
  return {
    answers,
    ask: async (method, path, { headers: more = {}, body } = {}) => {
      const response = await fetch(`${address}${path}`, {
        method,
        redirect: 'manual',
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers, ...more },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const answer = {
        status: response.status,
        headers: response.headers,
        bytes: Buffer.from(await response.arrayBuffer()),
      };
      answers.push({ request: `${method} ${path}`, answer });
      return answer;
    },
  };
};

export const jsonOf = ({ bytes, status }: RawAnswer): Record<string, unknown> => {
  if (status !== 200) {
    throw new Error(`Answered ${status} ${bytes.toString()}`);
  }
  return JSON.parse(bytes.toString()) as Record<string, unknown>;
};

/** Where the visitor saw which marks; each mark once. */
export const marksSeen = async (visitor: Visitor, marks: Marks): Promise<Map<Mark, string>> => {
  const seen = new Map<Mark, string>();
  for (const { request, answer } of visitor.answers) {
    for (const text of await textsOfAnswer(answer)) {
      for (const mark of marks.find(text)) {
        seen.set(mark, seen.get(mark) ?? request);
      }
    }
  }
  return seen;
};

/** What the visitor should not have seen. */
export const leaksIn = (seen: Map<Mark, string>, mayBeSeenBy: (owner: Owner) => boolean): Mark[] =>
  [...seen.keys()].filter(({ owner }) => !mayBeSeenBy(owner));
