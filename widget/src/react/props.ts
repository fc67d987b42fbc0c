import type { AriaAttributes, CSSProperties, HTMLAttributes } from 'react';
import type { Section } from '#contract/sessions.ts';
import type { ZenskarPortal } from '../zenskar-portal.ts';

type ZenskarEvents = Pick<HTMLElementEventMap, Extract<keyof HTMLElementEventMap, `zenskar-${string}`>>;

type Pascal<Text extends string> = Text extends `${infer Word}-${infer Rest}`
  ? `${Capitalize<Word>}${Pascal<Rest>}`
  : Capitalize<Text>;

/** `zenskar-invoice-open` is `onInvoiceOpen`. */
type HandlerName<EventName extends string> = EventName extends `zenskar-${infer Rest}` ? `on${Pascal<Rest>}` : never;

type Handlers = {
  [EventName in keyof ZenskarEvents as HandlerName<EventName>]?:
    ((event: ZenskarEvents[EventName]) => void) | undefined;
};

type Given<Element, Name extends keyof Element> = { [Key in Name]?: Element[Key] | undefined };

type PassedOn = Pick<
  HTMLAttributes<HTMLElement>,
  'id' | 'className' | 'lang' | 'dir' | 'title' | 'role' | 'slot' | 'tabIndex'
> &
  AriaAttributes & { [data: `data-${string}`]: string | number | undefined };

/** The portal's own look: `--zenskar-accent`, `--zenskar-radius` and so on. */
type PortalStyle = CSSProperties & { [property: `--${string}`]: string | number | undefined };

/** What every element takes. Without `apiUrl` it asks the origin that its script came from. */
export interface ElementProps
  extends
    PassedOn,
    Given<ZenskarPortal, 'apiUrl' | 'sessionToken' | 'fetchSession' | 'locale' | 'messages'>,
    Pick<Handlers, 'onReady' | 'onError' | 'onSessionExpired'> {
  style?: PortalStyle | undefined;
  theme?: 'light' | 'dark' | 'auto' | undefined;
  density?: 'comfortable' | 'compact' | undefined;
}

export interface PortalFrameProps extends ElementProps, Handlers {
  /** The sections to show, in this order. Default: all that the session may see. */
  sections?: readonly Section[] | string | undefined;
  section?: Section | undefined;
  invoiceId?: string | undefined;
  hideHeader?: boolean | undefined;
}

export interface PortalProps extends PortalFrameProps, Given<ZenskarPortal, 'view'> {}

export interface InvoicesProps extends ElementProps, Pick<Handlers, 'onInvoiceOpen'> {
  invoiceId?: string | undefined;
}

export interface ProfileProps extends ElementProps, Pick<Handlers, 'onProfileSaved'> {}
