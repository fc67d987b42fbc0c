import type { ErrorCode } from '#contract/errors.ts';

interface ErrorMeaning {
  status: number;
  meaning: string;
  retryable?: true;
}

type Regular = Extract<ErrorCode, `${string}_${'not_found' | 'state_invalid' | 'in_use'}`>;

const meanings: Record<Exclude<ErrorCode, Regular>, ErrorMeaning> = {
  access_token_expired: { status: 401, meaning: 'The access token has expired: renew it.', retryable: true },
  access_token_invalid: { status: 401, meaning: 'There is no access token, or it is not valid here.' },
  api_key_invalid: { status: 401, meaning: 'The headers `organisation` and `X-API-KEY` do not name a valid API key.' },
  api_version_unknown: { status: 400, meaning: 'The header `apiversion` names no version that is known.' },
  browser_call_forbidden: { status: 403, meaning: 'A browser called with an API key, which only a backend may hold.' },
  cursor_invalid: { status: 422, meaning: 'The cursor was altered, or belongs to another list, filter or order.' },
  database_busy: {
    status: 503,
    meaning: 'The database is busy: try again after `Retry-After` seconds.',
    retryable: true,
  },
  database_unavailable: {
    status: 503,
    meaning: 'The database cannot be reached: try again after `Retry-After` seconds.',
    retryable: true,
  },
  external_id_taken: { status: 409, meaning: 'Another record of this kind has this external id.' },
  idempotency_answer_lost: {
    status: 409,
    meaning:
      'The request of this `Idempotency-Key` has been carried out, but its answer was encrypted under a signing secret that is gone.',
  },
  idempotency_key_reused: { status: 422, meaning: 'The `Idempotency-Key` was used with another request.' },
  internal_error: { status: 500, meaning: 'Something went wrong on our side: quote the `request_id`.' },
  json_malformed: { status: 400, meaning: 'The request body is not valid JSON.' },
  line_malformed: { status: 200, meaning: 'In a result line: the line is not valid JSON.' },
  line_too_long: { status: 200, meaning: 'In a result line: the line is longer than is read.' },
  login_failed: { status: 401, meaning: 'The e-mail address or the password is wrong.' },
  media_type_unsupported: {
    status: 415,
    meaning: 'The request body is of another media type or encoding than is taken.',
  },
  not_found: { status: 404, meaning: 'There is nothing at this address.' },
  origin_not_allowed: { status: 403, meaning: 'The website that calls may not do so.' },
  payload_too_large: { status: 413, meaning: 'The request body is too large.' },
  payment_link_not_available: { status: 409, meaning: 'The invoice cannot be paid at an address: `message` says why.' },
  precondition_failed: { status: 412, meaning: 'The record has changed since it was read: read it again.' },
  precondition_required: { status: 428, meaning: 'The header `If-Match` is missing.' },
  rate_limited: {
    status: 429,
    meaning: 'Too many requests, transfers at once or failed attempts: wait `Retry-After` seconds.',
    retryable: true,
  },
  read_only_session: { status: 403, meaning: 'The session may look at everything and change nothing.' },
  receipt_not_available: { status: 404, meaning: 'There is a receipt only once the money has been received.' },
  request_invalid: { status: 422, meaning: 'A field breaks a rule: `detail` names each field and its rule.' },
  scope_insufficient: {
    status: 403,
    meaning: 'The session does not include this section, or the API key lacks the scope that `reason` names.',
  },
  session_conflict: { status: 409, meaning: 'The browser is signed in as another customer: send `replace`.' },
  session_ended: { status: 401, meaning: 'The session has ended, as `reason` says: open the portal again.' },
  session_token_invalid: { status: 401, meaning: 'The link is unknown, was already used or has expired.' },
  staff_login_required: { status: 401, meaning: 'Nobody is logged in to the console.' },
  storage_full: { status: 503, meaning: 'No space is left to save this.', retryable: true },
};

const regular = [
  {
    suffix: '_not_found',
    status: 404,
    meaning: (noun: string) => `There is no such ${noun}, or it is somebody else's.`,
  },
  {
    suffix: '_state_invalid',
    status: 409,
    meaning: (noun: string) => `The ${noun} is in a state that does not allow this: \`message\` says what to do.`,
  },
  { suffix: '_in_use', status: 409, meaning: (noun: string) => `Something else still depends on the ${noun}.` },
];

/** The status that goes with a code, and what the code means. */
export const errorMeaning = (code: ErrorCode): ErrorMeaning => {
  const known = (meanings as Partial<Record<ErrorCode, ErrorMeaning>>)[code];
  const rule = regular.find(({ suffix }) => code.endsWith(suffix));
  if (known !== undefined) {
    return known;
  }
  if (rule === undefined) {
    throw new Error(`The API reference does not know the code ${code}`);
  }
  const noun = code.slice(0, -rule.suffix.length).replaceAll('_', ' ');
  return { status: rule.status, meaning: rule.meaning(noun) };
};
