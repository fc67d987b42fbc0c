import { entitlements } from '../../../widget/src/testing/entitlement-fixtures.ts';
import { longEntitlements } from '../../../widget/src/testing/stress-fixtures.ts';
import { emptyApi, entitling, failing, never } from '../records.ts';
import type { ElementState } from '../state.ts';

const list = (name: string, title: string, part: Partial<ElementState> = {}): ElementState => ({
  name,
  title,
  group: 'Entitlements',
  tag: 'zenskar-entitlements',
  ...part,
});

export const entitlementStates: readonly ElementState[] = [
  list('entitlements', 'Near and at the limit, features, upcoming'),
  list('entitlements-loading', 'Loading', { api: { listEntitlements: never }, isPending: true }),
  list('entitlements-empty', 'None', { api: emptyApi }),
  list('entitlements-error', 'Failed', { api: { listEntitlements: failing() } }),
  list('entitlements-expired', 'Expired unfolded', { act: (hands) => hands.press('summary') }),
  list('entitlements-only-expired', 'Only expired', {
    api: entitling(entitlements.filter(({ status }) => status === 'expired')),
  }),
  list('entitlements-long-names', 'Long names', { api: entitling(longEntitlements) }),
];
