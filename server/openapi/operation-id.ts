import { singular } from './singular.ts';

/** Last words of a path that say what is done, not to what. */
const actions = new Set([
  'approve',
  'attach',
  'end',
  'login',
  'logout',
  'redeem',
  'refund',
  'renew',
  'replay',
  'resume',
  'retry',
  'revoke',
  'rotate_secret',
  'test',
  'void',
]);

/** Paths that are another's second name: these keep their plural, so that the two differ. */
const aliases = new Set(['/customers']);

const verbs: Record<string, string> = { GET: 'get', POST: 'create', PATCH: 'update', PUT: 'replace', DELETE: 'delete' };

const camel = (words: readonly string[]): string =>
  words
    .flatMap((word) => word.split('_'))
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');

/**
 * A name for generated clients, made of method and path alone, so that it changes only when they do:
 * `PATCH /invoices/:invoice_id/approve` is `approveInvoice`.
 */
export const operationId = (key: string, { isList, isFile }: { isList: boolean; isFile: boolean }): string => {
  const [method = '', path = ''] = key.split(' ');
  const parts = path
    .replace('/console/api/', '/console/')
    .replace('/portal/:organisation_id/', '/portal/')
    .split('/')
    .slice(1);
  const words = parts.flatMap((part, index) =>
    part.startsWith(':') ? [] : [parts[index + 1]?.startsWith(':') === true ? singular(part) : part],
  );
  const last = words.at(-1) ?? '';
  if (method !== 'GET' && actions.has(last)) {
    const [action = '', ...object] = last.split('_');
    return camel([action, ...words.slice(0, -1), ...object]);
  }
  if (last === 'bulk') {
    return camel(['upsert', ...words.slice(0, -1)]);
  }
  if (method === 'POST' && !aliases.has(path)) {
    return camel(['create', ...words.slice(0, -1), singular(last)]);
  }
  const verb = isFile ? 'download' : isList ? 'list' : (verbs[method] ?? method.toLowerCase());
  return camel([verb, ...words.filter((word) => !(isFile && word.startsWith('download_')))]);
};
