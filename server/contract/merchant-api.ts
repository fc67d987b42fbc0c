import { bulkOperations } from './bulk-operations.ts';
import { addressOperations } from './addresses.ts';
import { configurationOperations } from './configuration.ts';
import { contactOperations } from './contacts.ts';
import { contractOperations } from './contracts.ts';
import { customerOperations } from './customers.ts';
import { documentOperations } from './document-operations.ts';
import { creditNoteOperations } from './merchant-credit-notes.ts';
import { invoiceOperations } from './merchant-invoices.ts';
import { entitlementOperations } from './entitlement-operations.ts';
import { paymentOperations } from './payment-operations.ts';
import { paymentMethodOperations } from './payment-methods.ts';
import { productOperations } from './products.ts';
import { sessionOperations } from './session-operations.ts';
import { statementOperations } from './statement-operations.ts';
import { webhookOperations } from './webhooks.ts';

/** What the merchant's backend calls, with its API key. */
export const merchantApi = {
  ...bulkOperations,
  ...addressOperations,
  ...configurationOperations,
  ...contactOperations,
  ...contractOperations,
  ...creditNoteOperations,
  ...customerOperations,
  ...documentOperations,
  ...invoiceOperations,
  ...entitlementOperations,
  ...paymentMethodOperations,
  ...paymentOperations,
  ...productOperations,
  ...sessionOperations,
  ...statementOperations,
  ...webhookOperations,
};
