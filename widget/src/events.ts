import type { Section } from '#contract/sessions.ts';
import type { ApiErrorCode } from './api/api-error.ts';
import type { ViewState } from './shell/view-state.ts';

const outward = { bubbles: true, composed: true };

/** The session is open and the portal is drawn for the first time. */
export class ZenskarReadyEvent extends Event {
  /** The sections this session may see. */
  readonly sections: readonly Section[];

  constructor(sections: readonly Section[]) {
    super('zenskar-ready', outward);
    this.sections = sections;
  }
}

/** What does not keep the portal from working. */
export type PartErrorCode = 'logo_failed' | 'messages_invalid';

/** Something went wrong. Branch on `code`; `message` says what to do, to developers. */
export class ZenskarErrorEvent extends Event {
  readonly code: ApiErrorCode | PartErrorCode;
  readonly message: string;
  /** To quote to support; null when no answer came. */
  readonly requestId: string | null;
  /** The portal could not be opened. False: it works without what is broken. */
  readonly isFatal: boolean;

  constructor(error: {
    code: ApiErrorCode | PartErrorCode;
    message: string;
    requestId?: string | null;
    isFatal?: boolean;
  }) {
    super('zenskar-error', outward);
    this.code = error.code;
    this.message = error.message;
    this.requestId = error.requestId ?? null;
    this.isFatal = error.isFatal ?? true;
  }
}

/** The session has ended and could not be renewed without the customer. */
export class ZenskarSessionExpiredEvent extends Event {
  /** For example `idle`, `expired` or `revoked`; null when there is no telling. */
  readonly reason: string | null;

  constructor(reason: string | null) {
    super('zenskar-session-expired', outward);
    this.reason = reason;
  }
}

/** The customer went to another section. */
export class ZenskarSectionChangeEvent extends Event {
  readonly section: Section;

  constructor(section: Section) {
    super('zenskar-section-change', outward);
    this.section = section;
  }
}

/** The details of an invoice were opened. */
export class ZenskarInvoiceOpenEvent extends Event {
  readonly invoiceId: string;

  constructor(invoiceId: string) {
    super('zenskar-invoice-open', outward);
    this.invoiceId = invoiceId;
  }
}

/** The customer changed the profile, and the server has stored it. */
export class ZenskarProfileSavedEvent extends Event {
  /** The customer's name as it is now. */
  readonly customerName: string;

  constructor(customerName: string) {
    super('zenskar-profile-saved', outward);
    this.customerName = customerName;
  }
}

/** The customer signed out. */
export class ZenskarSignOutEvent extends Event {
  constructor() {
    super('zenskar-sign-out', outward);
  }
}

/** The customer moved: another section, filter, page or open invoice. `view` can be set again later. */
export class ZenskarViewChangeEvent extends Event {
  readonly view: ViewState;

  constructor(view: ViewState) {
    super('zenskar-view-change', outward);
    this.view = view;
  }
}

declare global {
  interface HTMLElementEventMap {
    'zenskar-ready': ZenskarReadyEvent;
    'zenskar-error': ZenskarErrorEvent;
    'zenskar-session-expired': ZenskarSessionExpiredEvent;
    'zenskar-section-change': ZenskarSectionChangeEvent;
    'zenskar-invoice-open': ZenskarInvoiceOpenEvent;
    'zenskar-profile-saved': ZenskarProfileSavedEvent;
    'zenskar-sign-out': ZenskarSignOutEvent;
    'zenskar-view-change': ZenskarViewChangeEvent;
  }
}
