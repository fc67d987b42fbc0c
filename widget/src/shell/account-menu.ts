import type { PortalSession } from '#contract/sessions.ts';
import { languageOf, languages } from '../i18n/languages.ts';
import { menuMessages } from '../i18n/menu.en.ts';
import { shellMessages } from '../i18n/shell.en.ts';
import '../ui/menu/define.ts';
import type { MenuItem } from '../ui/menu/menu.ts';
import type { ViewContext } from '../ui/view-context.ts';

export interface AccountMenuOptions {
  ctx: ViewContext;
  session: PortalSession;
  /** Where the merchant's name leads; null in the merchant's own page. */
  returnUrl: string | null;
  hasProfile: boolean;
}

/** The entries of the account menu. Those for languages have the language as their id. */
export function accountMenu({ ctx, session, returnUrl, hasProfile }: AccountMenuOptions): MenuItem[] {
  const t = ctx.localizer.in(menuMessages);
  const shell = ctx.localizer.in(shellMessages);
  return [
    ...(hasProfile ? [{ id: 'profile', label: shell('shell.profile') }] : []),
    { id: 'language', label: t('menu.language'), backLabel: t('menu.back'), items: choices(ctx.locale) },
    ...(returnUrl
      ? [{ id: 'return', label: shell('shell.return', { merchant: session.organisation.name }), href: returnUrl }]
      : []),
    { id: 'sign-out', label: t('menu.sign_out'), separated: true },
  ];
}

/** Each language in its own name. */
const choices = (locale: string): MenuItem[] =>
  ['en', ...Object.keys(languages)]
    .map((language) => ({
      id: language,
      label: ownName(language),
      lang: language,
      checked: language === languageOf(locale),
    }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));

function ownName(language: string): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name.replace(/^./u, (letter) => letter.toLocaleUpperCase(language));
}
