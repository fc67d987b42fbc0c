import { ApiError } from '../../../widget/src/api/api-error.ts';
import type { ApiErrorCode } from '../../../widget/src/api/api-error.ts';
import { failing } from '../records.ts';
import type { ElementState } from '../state.ts';

const session = (name: string, title: string, part: Partial<ElementState>): ElementState => ({
  name,
  title,
  group: 'Session',
  tag: 'zenskar-portal',
  ...part,
});

const ended = (reason: string | null) => (): Promise<never> =>
  Promise.reject(new ApiError('session_ended', 'The session has ended', { reason }));

const failures: readonly (readonly [code: ApiErrorCode, title: string])[] = [
  ['internal_error', 'Failed: server'],
  ['fetch_session_failed', 'Failed: fetchSession'],
  ['session_source_missing', 'Failed: no source'],
  ['origin_not_allowed', 'Failed: origin'],
  ['network_error', 'Failed: network'],
  ['timeout', 'Failed: timeout'],
  ['rate_limited', 'Failed: too many requests'],
  ['response_invalid', 'Failed: no portal there'],
];

export const sessionStates: readonly ElementState[] = [
  session('session-expired', 'Expired', { open: ended('expired') }),
  session('session-signed-out', 'Signed out', { open: ended('signed_out') }),
  session('session-offline', 'Failed: offline', { open: failing('offline'), isOffline: true }),
  ...failures.map(([code, title]) => session(`session-${code.replaceAll('_', '-')}`, title, { open: failing(code) })),
];
