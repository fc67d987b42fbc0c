import type { ApiKeyTable } from '../api-keys/api-keys.table.ts';
import type { AuditEventTable, AuditHeadTable } from '../audit/audit.table.ts';
import type { BrandingTable } from '../branding/branding.table.ts';
import type { ContractTable } from '../contracts/contracts.table.ts';
import type { CreditNoteTable } from '../credit-notes/credit-notes.table.ts';
import type { AddressTable, ContactTable, CustomerTable, PaymentMethodTable } from '../customers/customers.table.ts';
import type { CustomerEntitlementTable, EntitlementTable } from '../entitlements/entitlements.table.ts';
import type { IdempotencyKeyTable } from '../idempotency/idempotency.table.ts';
import type { InvoiceLineItemTable, InvoiceTable } from '../invoices/invoices.table.ts';
import type {
  AllowedOriginTable,
  NumberSequenceTable,
  OrganisationTable,
  ReturnOriginTable,
} from '../organisations/organisations.table.ts';
import type { PaymentAllocationTable, PaymentTable } from '../payments/payments.table.ts';
import type { ProductTable } from '../products/products.table.ts';
import type { PortalSessionTable, SessionTokenTable } from '../sessions/sessions.table.ts';
import type { StaffSessionTable, StaffTable } from '../staff/staff.table.ts';
import type { WebhookDeliveryTable, WebhookEndpointTable, WebhookEventTable } from '../webhooks/webhooks.table.ts';

/** Every table. The primary key and every foreign key of each starts with the organisation. */
export interface Tables {
  address: AddressTable;
  allowed_origin: AllowedOriginTable;
  api_key: ApiKeyTable;
  audit_event: AuditEventTable;
  audit_head: AuditHeadTable;
  branding: BrandingTable;
  contact: ContactTable;
  contract: ContractTable;
  credit_note: CreditNoteTable;
  customer: CustomerTable;
  customer_entitlement: CustomerEntitlementTable;
  entitlement: EntitlementTable;
  idempotency_key: IdempotencyKeyTable;
  invoice: InvoiceTable;
  invoice_line_item: InvoiceLineItemTable;
  number_sequence: NumberSequenceTable;
  organisation: OrganisationTable;
  payment: PaymentTable;
  payment_allocation: PaymentAllocationTable;
  payment_method: PaymentMethodTable;
  portal_session: PortalSessionTable;
  product: ProductTable;
  return_origin: ReturnOriginTable;
  session_token: SessionTokenTable;
  staff: StaffTable;
  staff_session: StaffSessionTable;
  webhook_delivery: WebhookDeliveryTable;
  webhook_endpoint: WebhookEndpointTable;
  webhook_event: WebhookEventTable;
}
