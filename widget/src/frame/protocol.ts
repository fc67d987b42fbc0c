/**
 * What `<zenskar-portal-frame>` and the page in its frame say to each other; docs/session-protocol.md tells the order.
 *
 * Either side may be newer than the other: whoever meets a message or a field that it does not know lets it be. What an
 * older side could not work with needs another version.
 */
export const protocolVersion = 1;

/** The only two messages between windows: the frame's, and the answer that brings it its port. */
export const hello = 'zenskar-frame-hello';
export const welcome = 'zenskar-frame-welcome';

/** Attributes that the portal in the frame has from the element. */
export const passedAttributes = [
  'locale',
  'theme',
  'density',
  'sections',
  'section',
  'invoice-id',
  'hide-header',
] as const;

/** The public theme: what the page's CSS says of these on the element, the portal in the frame wears. */
export const themeProperties = [
  'accent',
  'background',
  'surface',
  'text',
  'muted',
  'border',
  'danger',
  'success',
  'warning',
  'radius',
  'spacing',
  'font-family',
  'font-size',
].map((name) => `--zenskar-${name}`);

/** What an element inherits from its page. Sizes are computed ones, in CSS pixels. */
export interface Look {
  /** By name; empty where the page sets none. */
  properties: Record<string, string>;
  fontFamily: string;
  fontSize: string;
  /** What `rem` is in the page. */
  rootFontSize: string;
  colorScheme: 'light' | 'dark';
  /** The page's language; empty when it does not say. */
  lang: string;
  dir: string;
}

/** From the element to its frame. */
export type ToFrame =
  /** Null takes an attribute away. */
  | { type: 'attributes'; values: Record<string, string | null> }
  | { type: 'look'; look: Look }
  | { type: 'messages'; messages: unknown }
  | { type: 'view'; view: unknown }
  /** The part of the frame that can be seen, in the frame's own coordinates. */
  | { type: 'visible'; top: number; height: number }
  /** The way to a session. The first one starts the portal. */
  | { type: 'source'; session_token: string; can_fetch: boolean }
  | { type: 'session'; id: number; session_token: string }
  /** `name` is that of the error: a `TypeError` is a failed network, for example. */
  | { type: 'session-failed'; id: number; name: string }
  | { type: 'call'; id: number; method: FrameMethod };

/** From the frame to its element. */
export type ToElement =
  | { type: 'session-request'; id: number }
  | { type: 'session-cancel'; id: number }
  | { type: 'event'; name: string; facts: Record<string, unknown> }
  | { type: 'height'; height: number }
  /** A call has been done. */
  | { type: 'done'; id: number };

export const frameMethods = ['refresh', 'signOut'] as const;
export type FrameMethod = (typeof frameMethods)[number];

/** Fields of something that came from outside; nothing is known of their types. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
