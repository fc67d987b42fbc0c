import type { PortalSession } from '#contract/sessions.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { shellMessages } from '../i18n/shell.en.ts';
import { chevronDownIcon, icon } from '../ui/icons/icons.ts';
import type { MenuItem } from '../ui/menu/menu.ts';
import type { MenuSelectEvent } from '../ui/menu/menu-select-event.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { webAddress } from './branding.ts';

export interface HeaderOptions {
  ctx: ViewContext;
  session: PortalSession;
  /** Where the merchant's name leads; null in the merchant's own page. */
  returnUrl: string | null;
  hasProfile: boolean;
  onProfile: () => void;
  onSignOut: () => void;
}

/** The merchant at the start; the customer, with a menu, at the end. Needs `zk-menu` to be defined. */
export const header = (options: HeaderOptions): TemplateResult => {
  const { ctx, session, returnUrl } = options;
  const t = ctx.localizer.in(shellMessages);
  const { name } = session.customer;
  const handleSelect = (event: MenuSelectEvent): void => {
    if (event.id === 'profile') options.onProfile();
    if (event.id === 'sign-out') options.onSignOut();
  };
  return html`
    <header part="header">
      ${
        returnUrl
          ? html`<a class="merchant" href=${returnUrl}>${merchant(session)}</a>`
          : html`<span class="merchant">${merchant(session)}</span>`
      }
      <zk-menu label=${t('shell.menu', { name })} .items=${menuItems(options)} @zk-menu-select=${handleSelect}>
        <span class="initials" aria-hidden="true">${initials(name)}</span>
        <span class="customer">${name}</span>
        ${icon(chevronDownIcon, 'chevron')}
      </zk-menu>
    </header>
  `;
};

function merchant({ organisation }: PortalSession): TemplateResult {
  const logo = webAddress(organisation.branding.logo_url);
  return html`${
      logo ? html`<img src=${logo} alt="" referrerpolicy="no-referrer" @error=${hideBroken} />` : nothing
    }<span>${organisation.name}</span>`;
}

const hideBroken = (event: Event): void => {
  (event.target as HTMLElement).hidden = true;
};

function menuItems({ ctx, session, returnUrl, hasProfile }: HeaderOptions): MenuItem[] {
  const t = ctx.localizer.in(shellMessages);
  return [
    ...(hasProfile ? [{ id: 'profile', label: t('shell.profile') }] : []),
    ...(returnUrl
      ? [{ id: 'return', label: t('shell.return', { merchant: session.organisation.name }), href: returnUrl }]
      : []),
    { id: 'sign-out', label: t('shell.sign_out'), separated: hasProfile || returnUrl !== null },
  ];
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
