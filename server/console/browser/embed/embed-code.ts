import type { EmbedSettings } from '#contract/console.ts';

/** What the merchant's page needs. */
export const pageCode = ({ api_url: apiUrl }: Pick<EmbedSettings, 'api_url'>): string =>
  [
    `<script type="module" src="${apiUrl}/widget/v1/zenskar-portal.js"></script>`,
    '<zenskar-portal></zenskar-portal>',
    `<script type="module">document.querySelector('zenskar-portal').fetchSession = async ({ signal }) => (await fetch('/portal-session', { method: 'POST', signal })).json();</script>`,
  ].join('\n');

/** The script element for pages that run nothing but what they have checked. */
export const pinnedCode = ({ url, integrity }: NonNullable<EmbedSettings['pinned_script']>): string =>
  `<script type="module" src="${url}" integrity="${integrity}" crossorigin></script>`;

/** What the merchant's backend sends for the customer who is logged in; the answer goes to the page as it is. */
export const backendCode = ({
  api_url: apiUrl,
  organisation_id: organisationId,
}: Pick<EmbedSettings, 'api_url' | 'organisation_id'>): string =>
  [
    `curl ${apiUrl}/customer/session \\`,
    `  -H 'organisation: ${organisationId}' \\`,
    `  -H "X-API-KEY: $ZENSKAR_API_KEY" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{ "external_customer_id": "<your own id>", "return_url": "https://your-site.example/account" }'`,
  ].join('\n');
