import { noDevices } from '../http/security-headers.ts';

/** Every address of the console: the script decides by the address what to show. */
export const consolePaths = [
  '/console',
  '/console/customers',
  '/console/customers/:customer_id',
  '/console/branding',
  '/console/embed',
  '/console/api-keys',
  '/console/activity',
];

/** The same for everybody: who is looking, and what they may see, is asked of the console API. */
export const consolePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Console</title>
<link rel="icon" href="data:,">
<script type="module" src="/console/assets/console.js"></script>
</head>
<body>
<noscript>The console needs JavaScript.</noscript>
</body>
</html>
`;

/** Wherever a logo may come from: the Branding page shows it before it is saved. A console on localhost takes one there. */
const imageSources = (publicOrigin: string): string =>
  `'self' data: https:${publicOrigin.startsWith('http:') ? ' http://localhost:* http://127.0.0.1:*' : ''}`;

/** The referrer stays, within our own pages: the hosted portal opens at once when it sees that the console led there. */
export const consolePageHeaders = (publicOrigin: string): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    `img-src ${imageSources(publicOrigin)}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  ...noDevices,
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
});
