import type { AriaAttributes, CSSProperties, HTMLAttributes } from 'react';
import type { Section } from '#contract/sessions.ts';
import type { ZenskarInvoiceDownloadEvent } from '../downloads/invoice-download-event.ts';
import type {
  ZenskarErrorEvent,
  ZenskarInvoiceOpenEvent,
  ZenskarProfileSavedEvent,
  ZenskarReadyEvent,
  ZenskarSectionChangeEvent,
  ZenskarSessionExpiredEvent,
  ZenskarSignOutEvent,
  ZenskarViewChangeEvent,
} from '../events.ts';
import type { Catalogue } from '../i18n/localize.ts';
import type { FetchSession } from '../session/session-source.ts';
import type { ViewState } from '../shell/view-state.ts';

export type Theme = 'light' | 'dark' | 'auto';
export type Density = 'comfortable' | 'compact';

type Handler<Fired extends Event> = ((event: Fired) => void) | undefined;

/** The portal's own look, `--zenskar-accent` and so on, beside everything else. */
type PortalStyle = CSSProperties & { [property: `--${string}`]: string | number | undefined };

type PassedOn = AriaAttributes &
  Pick<HTMLAttributes<HTMLElement>, 'id' | 'className' | 'lang' | 'dir' | 'title' | 'role' | 'slot' | 'tabIndex'> & {
    [data: `data-${string}`]: string | number | undefined;
  };

/** What every element takes. */
export interface ElementProps extends PassedOn {
  style?: PortalStyle | undefined;
  /** The portal's address, for example `https://billing.example.com`. */
  apiUrl: string;
  /** A one-time session token, for pages that are drawn anew on every visit. `fetchSession` is the better way. */
  sessionToken?: string | undefined;
  /**
   * Brings a new one-time session token from your own backend. Called at the start and whenever a session cannot be
   * renewed. Elements that have the same function, or none, share one session. Another function opens no new session.
   */
  fetchSession?: FetchSession | null | undefined;
  /** BCP 47 tag for words, numbers and dates. Default: the session's, then the page's `lang`, then the browser's. */
  locale?: string | undefined;
  /** Default: the page's own `color-scheme`. */
  theme?: Theme | undefined;
  /** `compact` draws rows of 36 px instead of 44 px. */
  density?: Density | undefined;
  /** Texts to use instead of the portal's own, by message key. */
  messages?: Catalogue | null | undefined;
  /** Where the customer is: what `onViewChange` brought can be set again. What is left out is as at the start. */
  view?: Partial<ViewState> | undefined;
  /** The session is open and the portal is drawn for the first time. */
  onReady?: Handler<ZenskarReadyEvent>;
  /** Something went wrong. Branch on `code`; `message` says what to do, to developers. */
  onError?: Handler<ZenskarErrorEvent>;
  /** The session has ended and could not be renewed without the customer. */
  onSessionExpired?: Handler<ZenskarSessionExpiredEvent>;
  /** The customer signed out. */
  onSignOut?: Handler<ZenskarSignOutEvent>;
  /** The customer moved: another section, filter, page or open invoice. */
  onViewChange?: Handler<ZenskarViewChangeEvent>;
}

interface OpensInvoices {
  /** The details of an invoice were opened. */
  onInvoiceOpen?: Handler<ZenskarInvoiceOpenEvent>;
  /** The PDF of an invoice was downloaded. */
  onInvoiceDownload?: Handler<ZenskarInvoiceDownloadEvent>;
}

interface ShowsProfile {
  /** The customer changed the profile, and the server has stored it. */
  onProfileSaved?: Handler<ZenskarProfileSavedEvent>;
}

export interface PortalProps extends ElementProps, OpensInvoices, ShowsProfile {
  /** Sections to show, in this order: a list, or names separated by spaces. Default: all. */
  sections?: readonly Section[] | string | undefined;
  /** The section to open. */
  section?: Section | undefined;
  /** Opens this invoice; empty closes it. */
  invoiceId?: string | undefined;
  /** Leaves the header out, for pages that have their own. The profile is then one of the tabs. */
  hideHeader?: boolean | undefined;
  /** The customer went to another section. */
  onSectionChange?: Handler<ZenskarSectionChangeEvent>;
}

export interface PortalFrameProps extends PortalProps {
  /** The frame's name for those who hear the page. Default: "Billing portal", in the portal's language. */
  label?: string | undefined;
}

export interface InvoicesProps extends ElementProps, OpensInvoices {
  /** Opens this invoice; empty closes it. */
  invoiceId?: string | undefined;
}

export interface PaymentsProps extends ElementProps, OpensInvoices {}

export interface ProfileProps extends ElementProps, ShowsProfile {}
