import { SectionElement } from './section-element.ts';

/**
 * @summary What the customer is entitled to, and how much of it is left.
 * @tagname zenskar-entitlements
 * @csspart panel - The open section.
 * @csspart row - One record of a list.
 * @csspart status - The status of a record.
 * @csspart meter - How much of an entitlement is used.
 * @csspart popover - Menus and filters.
 * @csspart empty - In place of a list without records.
 */
export class ZenskarEntitlements extends SectionElement {
  protected override readonly shown = 'entitlements';
}

declare global {
  interface HTMLElementTagNameMap {
    'zenskar-entitlements': ZenskarEntitlements;
  }
}
