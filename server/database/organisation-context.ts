import { AsyncLocalStorage } from 'node:async_hooks';
import { numberOfChange } from './last-change.ts';

/** Whose rows the database shows: one organisation's, or every organisation's. */
export const everyOrganisation = '*';

interface Context {
  /** Empty until it is known: PostgreSQL shows no row then. */
  organisationId: string;
  /** The last change of the organisation that what is read must have; undefined when only the primary may be asked. */
  seenChange?: number | undefined;
  /** The organisation's last change when the request began, as `lastChange` reads it. */
  lastChange?: string;
}

const contexts = new AsyncLocalStorage<Context>();

/**
 * What runs here says later whose it is, by {@link enterOrganisation}: a request, whose credential must be read first.
 * PostgreSQL's row-level security hides every row until then.
 */
export const inNoOrganisation = <Result>(work: () => Result): Result => contexts.run({ organisationId: '' }, work);

/** From here on, to the end of the request, only this organisation's rows can be seen and written. */
export const enterOrganisation = (organisationId: string): void => {
  const context = contexts.getStore();
  if (context === undefined || context.organisationId === everyOrganisation) {
    return;
  }
  if (context.organisationId !== '' && context.organisationId !== organisationId) {
    throw new Error('A request cannot go on in another organisation');
  }
  context.organisationId = organisationId;
};

/** For one organisation's work that no request asks for, such as a webhook's delivery. */
export const inOrganisation = <Result>(organisationId: string, work: () => Result): Result =>
  contexts.run({ organisationId }, work);

/** For what has to look at all organisations: finding out whose a cookie is, the queue of webhooks, the command line. */
export const acrossOrganisations = <Result>(work: () => Result): Result =>
  contexts.run({ organisationId: everyOrganisation }, work);

/** The organisation's id, `*` for all, or nothing where it is not known (yet). */
export const currentOrganisation = (): string => contexts.getStore()?.organisationId ?? '';

/**
 * From here on, to the end of the request, what is read outside of transactions may come from a copy of the database that
 * has at least this change, and what was remembered of this moment need not be read again.
 */
export const readBehind = (lastChange: string): void => {
  const context = contexts.getStore();
  if (context !== undefined && context.organisationId !== everyOrganisation) {
    context.seenChange = numberOfChange(lastChange);
    context.lastChange = lastChange;
  }
};

/** What has been read has this change: what is read next must have it too, from whichever copy it comes. */
export const readNoEarlier = (changeNumber: number): void => {
  const context = contexts.getStore();
  if (context?.seenChange !== undefined) {
    context.seenChange = Math.max(context.seenChange, changeNumber);
  }
};

/** From here on the request is answered by the primary: another copy might show an earlier moment than it has seen. */
export const readFromPrimary = (): void => {
  const context = contexts.getStore();
  if (context !== undefined) {
    context.seenChange = undefined;
  }
};

/** The change that a copy must have to be asked; undefined when only the primary may be. */
export const seenChange = (): number | undefined => contexts.getStore()?.seenChange;

/** The organisation's last change when a request that only reads began; undefined elsewhere. */
export const changeAtBeginning = (): string | undefined => contexts.getStore()?.lastChange;
