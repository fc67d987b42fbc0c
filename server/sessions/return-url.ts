import { isSecureOrLocal } from '#contract/origins.ts';

/** Control characters, white space and backslash: what browsers and servers read differently. */
const treacherous = /[\p{C}\p{Z}\\]/u;

type ReturnUrl = { url: string } | { problem: string };

/** Checks where the merchant wants its customer sent back to. An empty list of origins allows any. */
export const parseReturnUrl = (text: string, allowedOrigins: readonly string[]): ReturnUrl => {
  if (treacherous.test(text)) {
    return { problem: 'must not contain white space, control characters or a backslash' };
  }
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) {
    return { problem: 'must be an absolute https address' };
  }
  const url = new URL(text);
  if (!isSecureOrLocal(url)) {
    return { problem: 'must use https (http only for localhost)' };
  }
  if (url.username !== '' || url.password !== '') {
    return { problem: 'must not contain a user name or password' };
  }
  if (allowedOrigins.length > 0 && !allowedOrigins.includes(url.origin)) {
    return { problem: `must lead to one of the organisation's return origins, not to ${url.origin}` };
  }
  return { url: url.href };
};
