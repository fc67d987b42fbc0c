import type { DatabaseObserver, Ended } from '../database/observed-dialect.ts';
import type { Span } from './tracing.ts';
import { currentScope } from './work-scope.ts';

const longestText = 2000;

/** `select invoice`: few names, so that a collector can group by them. */
const nameOf = (text: string): string => {
  const [verb = ''] = /^[a-z]+/i.exec(text.trimStart()) ?? [];
  const [, table] = /\b(?:from|into|update)\s+"?([a-z_]+)"?/i.exec(text) ?? [];
  return table === undefined ? verb.toLowerCase() : `${verb.toLowerCase()} ${table}`;
};

/** Spans of statements and transactions, within that of the work which they are done for. */
export const tracedDatabase = (system: string, errorKind: (error: unknown) => string): DatabaseObserver => {
  const statementOf =
    (parentOf: () => Span | undefined) =>
    (text: string): Ended | undefined => {
      const span = parentOf()?.begin(nameOf(text), 'client', {
        'db.system.name': system,
        'db.query.text': text.slice(0, longestText),
      });
      return span === undefined
        ? undefined
        : (error) => {
            span.end(error === undefined ? {} : { error: errorKind(error) });
          };
    };
  const under = (): Span | undefined => currentScope()?.span;
  return {
    statement: statementOf(under),
    began: () => {
      const span = under()?.begin('transaction', 'client', { 'db.system.name': system });
      return {
        statement: statementOf(() => span),
        ended: (outcome) => {
          span?.end({ facts: { 'portal.transaction.outcome': outcome } });
        },
      };
    },
  };
};
