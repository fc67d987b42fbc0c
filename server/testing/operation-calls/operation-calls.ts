import { api } from '#contract/api.ts';
import type { OperationKey } from '#contract/api.ts';
import { backendCalls } from './backend-calls.ts';
import { catalogueCalls } from './catalogue-calls.ts';
import { consoleCalls } from './console-calls.ts';
import { customerCalls } from './customer-calls.ts';
import { invoiceCalls } from './invoice-calls.ts';
import type { MakeCall } from './operation-call.ts';
import { paymentCalls } from './payment-calls.ts';
import { portalCalls } from './portal-calls.ts';

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
