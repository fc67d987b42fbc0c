import { createHash } from 'node:crypto';
import { hasPlainHost } from '#contract/origins.ts';
import { noDevices } from '../http/security-headers.ts';
import { noScriptTexts, pageLocale } from './page-language.ts';
import type { PageLanguage } from './page-language.ts';
import type { HostedPage } from './visit.ts';

/** Runs before anything else loads, so that the token is in no referrer, history entry or screenshot. */
const hideToken = "history.replaceState(null,'',document.currentScript.dataset.address+location.hash)";
const hideTokenHash = createHash('sha256').update(hideToken).digest('base64');

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

/** JSON that cannot close the script element it stands in. */
const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** The whole window wears the merchant's theme, from the first paint on. */
const colorScheme = ({ organisation }: HostedPage): string => {
  const theme = organisation?.branding.theme ?? 'auto';
  return theme === 'auto' ? 'light dark' : theme;
};

export const renderHostedPage = (page: HostedPage, preferred?: PageLanguage): string => {
  const { lang, language } = pageLocale(page.locale, preferred);
  return `<!doctype html>
<html lang="${escape(lang)}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<script data-address="${escape(page.address)}">${hideToken}</script>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${colorScheme(page)}">
<meta name="robots" content="noindex">
<title>${escape(page.organisation?.name ?? 'Zenskar portal')}</title>
<link rel="icon" href="data:,">
<link rel="modulepreload" href="/hosted/hosted.js">
<script type="application/json" id="page">${scriptJson(page)}</script>
<script type="module" src="/hosted/hosted.js"></script>
</head>
<body>
<noscript>${noScriptTexts[language]}</noscript>
</body>
</html>
`;
};

const imageSources = (page: HostedPage): string => {
  const logo = URL.parse(page.organisation?.branding.logo_url ?? '');
  return logo !== null && hasPlainHost(logo) ? `data: ${logo.origin}` : 'data:';
};

/** The page's headers: the organisation's own origins may frame it, nobody else. */
export const hostedHeaders = (page: HostedPage, { isFramed }: { isFramed: boolean }): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hideTokenHash}'`,
    "style-src 'self'",
    `img-src ${imageSources(page)}`,
    "connect-src 'self'",
    `frame-ancestors ${page.allowedOrigins.join(' ') || "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'cache-control': 'no-store',
  ...noDevices,
  ...(isFramed ? {} : { 'cross-origin-opener-policy': 'same-origin' }),
});
