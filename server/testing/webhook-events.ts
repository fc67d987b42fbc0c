import type { MerchantClient } from './merchant-client.ts';
import type { TestServer } from './test-server.ts';

/** From now on the organisation's events are written down; answers those so far, by their moments: of one moment in any order. */
export const recordEvents = async (
  { db }: Pick<TestServer, 'db'>,
  merchant: MerchantClient,
  types: readonly string[],
): Promise<() => Promise<{ type: string; data: Record<string, unknown> }[]>> => {
  const { status, text } = await merchant.post('/webhook_endpoints', {
    url: 'https://hooks.shop.example/billing',
    event_types: types,
  });
  if (status !== 200) {
    throw new Error(`No endpoint: ${text}`);
  }
  return async () => {
    const rows = await db
      .selectFrom('webhook_event')
      .select(['type', 'data'])
      .where('organisation_id', '=', merchant.headers['organisation'] ?? '')
      .orderBy('created_at')
      .execute();
    return rows.map(({ type, data }) => ({ type, data: JSON.parse(data) as Record<string, unknown> }));
  };
};
