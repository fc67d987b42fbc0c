import { contractOperations } from './contracts.ts';
import { customerOperations } from './customers.ts';
import { productOperations } from './products.ts';
import { sessionOperations } from './session-operations.ts';
import { statementOperations } from './statement-operations.ts';
import { webhookOperations } from './webhooks.ts';

/** What the merchant's backend calls, with its API key. */
export const merchantApi = {
  ...contractOperations,
  ...customerOperations,
  ...productOperations,
  ...sessionOperations,
  ...statementOperations,
  ...webhookOperations,
};
