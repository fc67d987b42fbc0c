import { afterAll, beforeAll, expect, it } from 'vitest';
import { api } from '#contract/api.ts';
import type { OperationKey } from '#contract/api.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { Operation } from '#contract/operation.ts';
import { addFigure } from '../testing/figures.ts';
import { credentialOf, isWrite, ownHeaders, send } from '../testing/operation-calls/operation-call.ts';
import type { OperationCall } from '../testing/operation-calls/operation-call.ts';
import { operationCalls, operationKeys } from '../testing/operation-calls/operation-calls.ts';
import { attemptsOn, sectionsOf } from './authorisation-actors.ts';
import { buildStage, carry, neededScope } from './authorisation-credentials.ts';
import type { Stage } from './authorisation-credentials.ts';
import { stateOf } from './authorisation-state.ts';

let stage: Stage;
let tried = 0;

beforeAll(async () => {
  stage = await buildStage();
}, 60_000);
afterAll(async () => {
  addFigure('operations times actors tried', tried);
  await stage.server.close();
});

const credentialHeaders = ['authorization', 'cookie', 'origin'];

/** What the call itself says, without the credential that it may bring. */
const anonymous = ({ headers = {}, ...call }: OperationCall): OperationCall => ({
  ...call,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !credentialHeaders.includes(name))),
});

/** The least that is enough: a key with the one scope, or the world's own credential. */
const leastHeaders = (key: OperationKey): Record<string, string> =>
  credentialOf(key) === 'api_key'
    ? carry('api_key', stage.keyWith(neededScope(key)), stage.ours.organisation.id)
    : ownHeaders(stage.ours, key);

/** Whoever fails by one of these learns nothing from it: the answer is always the same. */
const opaque: readonly ErrorCode[] = [
  'api_key_invalid',
  'login_failed',
  'session_token_invalid',
  'staff_login_required',
];

let visitors = 0;

/** Limits count by address: each attempt comes from one of its own. */
const fromSomewhere = (): Record<string, string> => {
  visitors += 1;
  return { 'x-forwarded-for': `198.18.${visitors >> 8}.${visitors & 255}` };
};

it.each(operationKeys)('%s lets nobody through but the rightful caller', async (key) => {
  const { ours } = stage;
  const call = await operationCalls[key](ours);
  const attempts = attemptsOn(stage, key, call);
  const before = await stateOf(stage.server);
  const outcomes: unknown[] = [];
  const told = new Set<string>();
  for (const { actor, headers, expected: _expected, ...replaced } of attempts) {
    const answer = await send(ours, key, { ...anonymous(call), ...replaced }, { ...headers, ...fromSomewhere() });
    outcomes.push([actor, answer.status, answer.body['code']]);
    told.add(JSON.stringify({ ...answer.body, request_id: '' }));
  }
  expect(outcomes).toEqual(attempts.map(({ actor, expected }) => [actor, ...expected]));
  const sayingWhy = [...told].filter((body) => opaque.some((code) => body.includes(`"${code}"`)));
  expect(sayingWhy.length, sayingWhy.join('\n')).toBeLessThan(2);
  const failedLogins = attempts.filter(({ expected }) => expected[1] === 'login_failed').length;
  expect(await stateOf(stage.server)).toEqual({ ...before, auditEntries: before.auditEntries + failedLogins });

  const rightful = await send(ours, key, call, leastHeaders(key));
  expect([rightful.status, rightful.status === 200 ? '' : rightful.text]).toEqual([200, '']);
  tried += attempts.length + 1;
});

it('knows what each operation of the portal asks of a session', () => {
  for (const key of operationKeys.filter((one) => credentialOf(one) === 'access_token')) {
    const { errors = [] }: Operation = api[key];
    const isOfSession = key.includes('/session/');
    expect([key, errors.includes('scope_insufficient')]).toEqual([key, sectionsOf(key).length > 0]);
    expect([key, sectionsOf(key).length > 0]).toEqual([key, !isOfSession]);
    expect([key, errors.includes('read_only_session')]).toEqual([key, isWrite(key) && !isOfSession]);
  }
});
