import type { OpenedSession, PortalSession } from '#contract/sessions.ts';
import type { PortalApi } from '../../widget/src/api/portal-api.ts';
import type { Hands } from './hands.ts';
import type { PartName } from './parts.ts';

export const groups = [
  'Portal',
  'Session',
  'Invoices',
  'Invoice details',
  'Payments',
  'Entitlements',
  'Profile',
  'Summary',
  'Downloads',
  'Parts',
] as const;

interface Named {
  /** In the address: `invoices-empty`. */
  readonly name: string;
  readonly title: string;
  readonly group: (typeof groups)[number];
  /** What stands there is an outline for ever. */
  readonly isPending?: boolean;
  /** Presses what brings the element into its state. */
  readonly act?: (hands: Hands) => Promise<void>;
}

/** One public element in one state, made of fixtures. */
export interface ElementState extends Named {
  readonly tag: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** What differs from the usual session. */
  readonly session?: Partial<PortalSession>;
  /** In place of a session that opens at once. */
  readonly open?: () => Promise<OpenedSession>;
  /** What differs from the usual answers. */
  readonly api?: Partial<PortalApi>;
  readonly isOffline?: boolean;
  readonly hasLongTexts?: boolean;
}

/** A part that the elements are made of, by itself. */
export interface PartState extends Named {
  readonly part: PartName;
}

export type GalleryState = ElementState | PartState;
