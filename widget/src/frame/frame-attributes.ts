import { passedAttributes } from './protocol.ts';

/** Without a document there is no such class: importing this on a server has to be harmless. */
const Base = (globalThis.HTMLElement ?? Object) as typeof HTMLElement;

/** All that the element looks at. */
export const ownAttributes: readonly string[] = ['api-url', 'session-token', 'label', ...passedAttributes];

/** The attributes of `<zenskar-portal-frame>` as properties. */
export class FrameAttributes extends Base {
  /** The portal's address. Default: the origin that this script came from. */
  declare apiUrl: string;
  /** A one-time session token, for pages that are drawn anew on every visit. `fetchSession` is the better way. */
  declare sessionToken: string;
  /** The frame's name for those who hear the page. Default: "Billing portal", in the portal's language. */
  declare label: string;
  /** BCP 47 tag for words, numbers and dates. Default: the session's, then the page's `lang`, then the browser's. */
  declare locale: string;
  /** `light`, `dark`, or `auto` for the reader's system. Default: the page's own `color-scheme`. */
  declare theme: string;
  /** `compact` draws rows of 36 px instead of 44 px. */
  declare density: string;
  /** Sections to show, in this order, separated by spaces: `invoices payments entitlements profile`. Default: all. */
  declare sections: string;
  /** The section to open. */
  declare section: string;
  /** Opens this invoice; empty closes it. */
  declare invoiceId: string;

  /** Leaves the header out, for pages that have their own. The profile is then one of the tabs. */
  declare hideHeader: boolean;
}

for (const attribute of ownAttributes) {
  const isFlag = attribute === 'hide-header';
  const property = attribute.replace(/-./, (letter) => letter.charAt(1).toUpperCase());
  Object.defineProperty(FrameAttributes.prototype, property, {
    configurable: true,
    enumerable: true,
    get(this: FrameAttributes) {
      return isFlag ? this.hasAttribute(attribute) : (this.getAttribute(attribute) ?? '');
    },
    set(this: FrameAttributes, value: string | boolean) {
      if (isFlag) this.toggleAttribute(attribute, Boolean(value));
      else this.setAttribute(attribute, String(value));
    },
  });
}
