/**
 * What the strict page allows: its own files, the portal's script and the portal's API. Nothing inline, nothing
 * evaluated.
 */
export const strictPolicy = (apiUrl: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${apiUrl}`,
    "style-src 'self'",
    `img-src 'self' data:`,
    `connect-src 'self' ${apiUrl}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
