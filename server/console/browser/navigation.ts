import type { StaffSession } from '#contract/console.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../../widget/src/i18n/localize.ts';
import { icon } from '../../../widget/src/ui/icons/icons.ts';
import type { MenuSelectEvent } from '../../../widget/src/ui/menu/menu-select-event.ts';
import { consoleMessages } from './console.en.ts';
import { activityIcon, brushIcon, codeIcon, customersIcon, keyIcon, menuIcon } from './icons.ts';
import { customersPath } from './route.ts';
import type { Route } from './route.ts';

const sections = [
  { page: 'customers', path: customersPath, title: 'customers.title', shape: customersIcon },
  { page: 'branding', path: '/console/branding', title: 'branding.title', shape: brushIcon },
  { page: 'embed', path: '/console/embed', title: 'embed.title', shape: codeIcon },
  { page: 'api-keys', path: '/console/api-keys', title: 'api_keys.title', shape: keyIcon },
  { page: 'activity', path: '/console/activity', title: 'activity.title', shape: activityIcon },
] as const;

interface Navigation {
  localizer: Localizer;
  session: StaffSession;
  page: Route['page'];
  onSignOut: () => void;
}

const signOutId = 'sign-out';

const organisation = ({ session }: Navigation): TemplateResult => html`
  <div class="organisation">
    <span class="mark" aria-hidden="true">${session.organisation.name.charAt(0)}</span>
    <span title=${session.organisation.name}>${session.organisation.name}</span>
  </div>
`;

/** At the side of a wide window: the sections, and below them who is logged in. */
export const rail = (navigation: Navigation): TemplateResult => {
  const { localizer, session, page } = navigation;
  const t = localizer.in(consoleMessages);
  const current = page === 'customer' ? 'customers' : page;
  return html`
    <div class="rail">
      ${organisation(navigation)}
      <nav aria-label=${t('console.sections')}>
        <ul>
          ${sections.map(
            (section) =>
              html`<li>
                <a href=${section.path} aria-current=${section.page === current ? 'page' : nothing}>
                  ${icon(section.shape)}${t(section.title)}
                </a>
              </li>`,
          )}
        </ul>
      </nav>
      <div class="who">
        <p>
          <span class="name" title=${session.staff.name}>${session.staff.name}</span>
          <span class="muted" title=${session.staff.email}>${session.staff.email}</span>
        </p>
        <button class="button" type="button" @click=${navigation.onSignOut}>${t('console.sign_out')}</button>
      </div>
    </div>
  `;
};

/** The same at the top of a narrow window. */
export const bar = (navigation: Navigation): TemplateResult => {
  const t = navigation.localizer.in(consoleMessages);
  const handleSelect = ({ id }: MenuSelectEvent): void => {
    if (id === signOutId) navigation.onSignOut();
  };
  return html`
    <div class="bar">
      ${organisation(navigation)}
      <zk-menu
        label=${t('console.menu')}
        .items=${[
          ...sections.map(({ page, path, title }) => ({ id: page, label: t(title), href: path })),
          { id: signOutId, label: t('console.sign_out'), separated: true },
        ]}
        @zk-menu-select=${handleSelect}
        >${icon(menuIcon)}</zk-menu
      >
    </div>
  `;
};
