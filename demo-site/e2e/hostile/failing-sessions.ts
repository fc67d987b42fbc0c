import type { Page } from '@playwright/test';
import { demo } from '../demo.ts';
import type { HostPage } from './host-page.ts';

const failed = (code: string) => ({ event: { name: 'zenskar-error', code }, text: /could not be opened/ });

/** What `fetchSession` does when a merchant's backend, or its author, has a bad day. */
export const failingSessions = (): readonly HostPage[] => [
  ...Object.entries({
    'throws at once': `() => { throw new Error('No'); }`,
    'throws no error but a word': `() => { throw 'no'; }`,
    rejects: `() => Promise.reject(new Error('No'))`,
    'rejects with nothing': `() => Promise.reject()`,
    'is no function': `'https://shop.example/portal-session'`,
    'answers nothing': `() => undefined`,
    'answers null': `async () => null`,
    'answers a number': `async () => 7`,
    'answers the token as it is': `async () => 'a token'`,
    'answers an empty object': `async () => ({})`,
    'answers a token that is a number': `async () => ({ session_token: 5 })`,
    'answers an empty token': `async () => ({ session_token: '' })`,
    'answers a token that is none': `async () => ({ session_token: 'junk' })`,
    'answers a page': `async () => ({ session_token: '<!doctype html><title>Log in</title>' })`,
    'answers a response': `async () => fetch('/portal-session', { method: 'POST' })`,
    'answers a path': `async () => ({ session_token: '../../../../console/api/session#' })`,
    'throws where its answer is read': `async () => ({ get session_token() { throw new Error('No'); } })`,
  }).map(([name, fetchSession]): HostPage => ({
    name: `a fetchSession that ${name}`,
    fetchSession,
    outcome: failed('fetch_session_failed'),
  })),
  {
    name: 'a fetchSession that never answers',
    fetchSession: `() => new Promise(() => {})`,
    isSlow: true,
    outcome: failed('fetch_session_failed'),
  },
  {
    name: 'a fetchSession that answers with a token that was used before',
    fetchSession: `(() => {
      const used = fetch('/portal-session', { method: 'POST' }).then((response) => response.json());
      const redeemed = used.then(async ({ session_token }) => {
        const address = '${demo().api_url}/portal/' + session_token.slice(0, 36) + '/session/redeem';
        await fetch(address, { method: 'POST', body: JSON.stringify({ session_token, redeem_nonce: 'the-nonce-of-an-earlier-page' }) });
      });
      return () => redeemed.then(() => used);
    })()`,
    outcome: { event: { name: 'zenskar-session-expired', reason: null }, text: /session has expired/ },
  },
];

const redeemPath = '**/session/redeem';

const answering =
  (status: number, contentType: string, body: string) =>
  (page: Page): Promise<unknown> =>
    page.route(redeemPath, (route) =>
      route.fulfill({ status, contentType, body, headers: { 'access-control-allow-origin': '*' } }),
    );

/** Addresses that are not the portal's, and what stands between a page and the portal. */
export const unreachablePortals = (): readonly HostPage[] => [
  {
    name: 'an api-url without a path',
    attributes: ` api-url="${demo().demo_url}"`,
    outcome: failed('response_invalid'),
  },
  {
    name: 'an api-url that nobody answers',
    attributes: ' api-url="http://localhost:9"',
    isSlow: true,
    outcome: failed('network_error'),
  },
  {
    name: 'an api-url that is no address',
    attributes: ' api-url="http://"',
    isSlow: true,
    outcome: failed('network_error'),
  },
  {
    name: 'an api-url of another website',
    attributes: ' api-url="https://elsewhere.example"',
    isSlow: true,
    outcome: failed('network_error'),
  },
  {
    name: 'a portal that answers with a page',
    intercept: answering(200, 'text/html', '<!doctype html><title>Log in</title>'),
    outcome: failed('response_invalid'),
  },
  {
    name: 'a portal that answers with a page that is not found',
    intercept: answering(404, 'text/html', '<h1>404</h1>'),
    outcome: failed('response_invalid'),
  },
  {
    name: 'a portal that answers with JSON of another kind',
    intercept: answering(200, 'application/json', '{"ok":true}'),
    outcome: failed('response_invalid'),
  },
  {
    name: 'a portal that answers with nothing',
    intercept: answering(200, 'application/json', ''),
    outcome: failed('response_invalid'),
  },
  {
    name: 'a portal that an ad blocker keeps away',
    intercept: (page) => page.route(redeemPath, (route) => route.abort('blockedbyclient')),
    isSlow: true,
    outcome: failed('network_error'),
  },
  {
    name: 'a portal whose answers the page may not read',
    attributes: ` api-url="${demo().demo_url.replace('localhost', '127.0.0.1')}"`,
    isSlow: true,
    outcome: failed('network_error'),
  },
];
