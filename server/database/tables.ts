import type { ApiKeyTable } from '../api-keys/api-keys.table.ts';
import type { AuditEventTable } from '../audit/audit.table.ts';
import type { BrandingTable } from '../branding/branding.table.ts';
import type { ContractTable } from '../contracts/contracts.table.ts';
import type { CreditNoteTable } from '../credit-notes/credit-notes.table.ts';
import type { AddressTable, CustomerTable } from '../customers/customers.table.ts';
import type { CustomerEntitlementTable, EntitlementTable } from '../entitlements/entitlements.table.ts';
import type { InvoiceLineItemTable, InvoiceTable } from '../invoices/invoices.table.ts';
import type { AllowedOriginTable, OrganisationTable, ReturnOriginTable } from '../organisations/organisations.table.ts';
import type { PaymentAllocationTable, PaymentTable } from '../payments/payments.table.ts';
import type { ProductTable } from '../products/products.table.ts';
import type { PortalSessionTable, SessionTokenTable } from '../sessions/sessions.table.ts';
import type { StaffSessionTable, StaffTable } from '../staff/staff.table.ts';

/** Every table. The primary key and every foreign key of each starts with the organisation. */
export interface Tables {
  address: AddressTable;
  allowed_origin: AllowedOriginTable;
  api_key: ApiKeyTable;
  audit_event: AuditEventTable;
  branding: BrandingTable;
  contract: ContractTable;
  credit_note: CreditNoteTable;
  customer: CustomerTable;
  customer_entitlement: CustomerEntitlementTable;
  entitlement: EntitlementTable;
  invoice: InvoiceTable;
  invoice_line_item: InvoiceLineItemTable;
  organisation: OrganisationTable;
  payment: PaymentTable;
  payment_allocation: PaymentAllocationTable;
  portal_session: PortalSessionTable;
  product: ProductTable;
  return_origin: ReturnOriginTable;
  session_token: SessionTokenTable;
  staff: StaffTable;
  staff_session: StaffSessionTable;
}
