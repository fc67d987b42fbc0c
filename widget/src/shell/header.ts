import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { shellMessages } from '../i18n/shell.en.ts';
import { chevronDownIcon, icon } from '../ui/icons/icons.ts';
import type { MenuSelectEvent } from '../ui/menu/menu-select-event.ts';
import type { accountMenu, AccountMenuOptions } from './account-menu.ts';
import { webAddress } from './branding.ts';

export interface HeaderOptions extends AccountMenuOptions {
  /** The menu's code, once it is there. Until then a button asks for it. */
  menu: typeof accountMenu | null;
  onLogoError: () => void;
  onMenu: () => void;
  onLanguage: (language: string) => void;
  onProfile: () => void;
  onSignOut: () => void;
}

/** The merchant at the start; the customer, with a menu, at the end. */
export const header = (options: HeaderOptions): TemplateResult => {
  const { ctx, session, returnUrl } = options;
  const t = ctx.localizer.in(shellMessages);
  const { name } = session.customer;
  const label = t('shell.menu', { name });
  const handleSelect = (event: MenuSelectEvent): void => {
    if (event.id === 'profile') options.onProfile();
    else if (event.id === 'sign-out') options.onSignOut();
    else if (event.id !== 'return') options.onLanguage(event.id);
  };
  return html`
    <header part="header">
      ${
        returnUrl
          ? html`<a part="merchant" class="merchant" href=${returnUrl}>${merchant(options)}</a>`
          : html`<span part="merchant" class="merchant">${merchant(options)}</span>`
      }
      ${
        options.menu
          ? html`<zk-menu
              exportparts="button: account, popover"
              class="account"
              label=${label}
              .items=${options.menu(options)}
              @zk-menu-select=${handleSelect}
              >${customer(name)}</zk-menu
            >`
          : html`<button
              part="account"
              class="account menu-button"
              type="button"
              aria-haspopup="menu"
              aria-label=${label}
              @click=${options.onMenu}
            >
              ${customer(name)}
            </button>`
      }
    </header>
  `;
};

const customer = (name: string): TemplateResult => html`
  <span class="initials" data-initials=${initials(name)}></span>
  <span class="customer">${name}</span>
  ${icon(chevronDownIcon, 'chevron')}
`;

function merchant({ session: { organisation }, onLogoError }: HeaderOptions): TemplateResult {
  const logo = webAddress(organisation.branding.logo_url);
  const hideBroken = (event: Event): void => {
    (event.target as HTMLElement).hidden = true;
    onLogoError();
  };
  return html`${
      logo ? html`<img part="logo" src=${logo} alt="" referrerpolicy="no-referrer" @error=${hideBroken} />` : nothing
    }<span>${organisation.name}</span>`;
}

const initials = (name: string): string =>
  (name.match(/(?<!\S)[\p{L}\p{N}]/gu) ?? []).slice(0, 2).join('').toLocaleUpperCase();
