import { SectionElement } from './section-element.ts';

/**
 * @summary What the customer is entitled to, and how much of it is left.
 * @tagname zenskar-entitlements
 */
export class ZenskarEntitlements extends SectionElement {
  protected override readonly shown = 'entitlements';
}

declare global {
  interface HTMLElementTagNameMap {
    'zenskar-entitlements': ZenskarEntitlements;
  }
}
