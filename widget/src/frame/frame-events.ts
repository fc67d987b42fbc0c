import { ZenskarInvoiceDownloadEvent } from '../downloads/invoice-download-event.ts';
import {
  ZenskarErrorEvent,
  ZenskarInvoiceOpenEvent,
  ZenskarProfileSavedEvent,
  ZenskarReadyEvent,
  ZenskarSectionChangeEvent,
  ZenskarSessionExpiredEvent,
  ZenskarSignOutEvent,
  ZenskarViewChangeEvent,
} from '../events.ts';
import { fieldsOf } from './protocol.ts';

type Facts = Readonly<Record<string, unknown>>;

const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
const isView = (value: unknown): boolean => isTextOrNull(fieldsOf(value)['section']);
const isError = ({ code, message, requestId }: Facts): boolean =>
  isText(code) && isText(message) && isTextOrNull(requestId);

/** By event: its class, which of its facts the class is made with (none of them: with all), and what that has to be. */
const kinds: Record<string, [kind: new (fact: never) => Event, field: string, is: (fact: never) => boolean]> = {
  'zenskar-ready': [ZenskarReadyEvent, 'sections', Array.isArray],
  'zenskar-error': [ZenskarErrorEvent, '', isError],
  'zenskar-session-expired': [ZenskarSessionExpiredEvent, 'reason', isTextOrNull],
  'zenskar-section-change': [ZenskarSectionChangeEvent, 'section', isText],
  'zenskar-invoice-open': [ZenskarInvoiceOpenEvent, 'invoiceId', isText],
  'zenskar-invoice-download': [ZenskarInvoiceDownloadEvent, 'invoiceId', isText],
  'zenskar-profile-saved': [ZenskarProfileSavedEvent, 'customerName', isText],
  'zenskar-sign-out': [ZenskarSignOutEvent, '', Boolean],
  'zenskar-view-change': [ZenskarViewChangeEvent, 'view', isView],
};

/** The portal's events that its page hears. */
export const frameEvents = Object.keys(kinds);

/** The fields that an event's class adds to `Event`. */
export const factsOf = (event: Event): Record<string, unknown> => {
  const { isTrusted: _, ...facts } = { ...event };
  return facts;
};

/** The event of that name; null where there is none or its facts make no sense. */
export const eventOf = (name: unknown, facts: Facts): Event | null => {
  const [Kind, field, is] = kinds[frameEvents.find((known) => known === name) ?? ''] ?? [];
  const fact = (field ? facts[field] : facts) as never;
  return Kind && is?.(fact) ? new Kind(fact) : null;
};
