import type { Section } from '#contract/sessions.ts';
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
import type { ViewState } from '../shell/view-state.ts';
import { fieldsOf } from './protocol.ts';

type Facts = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);

/** Makes the event of the element out of what the frame says of the portal's; nothing where that makes no sense. */
const makers = {
  'zenskar-ready': ({ sections }) => Array.isArray(sections) && new ZenskarReadyEvent(sections),
  'zenskar-error': (facts) =>
    isText(facts['code']) &&
    isText(facts['message']) &&
    isTextOrNull(facts['requestId']) &&
    new ZenskarErrorEvent(facts as ConstructorParameters<typeof ZenskarErrorEvent>[0]),
  'zenskar-session-expired': ({ reason }) => isTextOrNull(reason) && new ZenskarSessionExpiredEvent(reason),
  'zenskar-section-change': ({ section }) => isText(section) && new ZenskarSectionChangeEvent(section as Section),
  'zenskar-invoice-open': ({ invoiceId }) => isText(invoiceId) && new ZenskarInvoiceOpenEvent(invoiceId),
  'zenskar-invoice-download': ({ invoiceId }) => isText(invoiceId) && new ZenskarInvoiceDownloadEvent(invoiceId),
  'zenskar-profile-saved': ({ customerName }) => isText(customerName) && new ZenskarProfileSavedEvent(customerName),
  'zenskar-sign-out': () => new ZenskarSignOutEvent(),
  'zenskar-view-change': ({ view }) =>
    isTextOrNull(fieldsOf(view)['section']) && new ZenskarViewChangeEvent(view as ViewState),
} satisfies Record<string, (facts: Facts) => Event | false>;

type FrameEventName = keyof typeof makers;

/** The portal's events that its page hears. */
export const frameEvents = Object.keys(makers) as FrameEventName[];

/** The fields that an event's class adds to `Event`. */
export const factsOf = (event: Event): Record<string, unknown> => {
  const { isTrusted: _, ...facts } = { ...event };
  return facts;
};

/** The event of that name, or null where there is none or its facts make no sense. */
export const eventOf = (name: unknown, facts: Facts): Event | null => {
  const maker = frameEvents.find((known) => known === name);
  return (maker && makers[maker](facts)) || null;
};
