import { api } from '#contract/api.ts';
import type { OperationKey } from '#contract/api.ts';
import { backendCalls } from './backend-calls.ts';
import { catalogueCalls } from './catalogue-calls.ts';
import { consoleCalls } from './console-calls.ts';
import { customerCalls } from './customer-calls.ts';
import { invoiceCalls } from './invoice-calls.ts';
import { send } from './operation-call.ts';
import type { MakeCall } from './operation-call.ts';
import { paymentCalls } from './payment-calls.ts';
import { portalCalls } from './portal-calls.ts';
import type { World } from './world.ts';

/**
 * For every operation of the contract a call that succeeds in a given world. Each makes what it needs anew, so that calls
 * depend on no other and may be made in any order.
 */
export const operationCalls: Readonly<Record<OperationKey, MakeCall>> = {
  ...backendCalls,
  ...catalogueCalls,
  ...consoleCalls,
  ...customerCalls,
  ...invoiceCalls,
  ...paymentCalls,
  ...portalCalls,
};

/** Every operation of the contract. */
export const operationKeys = Object.keys(api) as OperationKey[];

/** Makes every call once, which leaves a record of every kind. */
export const callEverything = async (world: World): Promise<void> => {
  for (const key of operationKeys) {
    const answer = await send(world, key, await operationCalls[key](world));
    if (answer.status !== 200) {
      throw new Error(`${key} answered ${answer.status} ${answer.text}`);
    }
  }
};
