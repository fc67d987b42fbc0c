/** What the baselines ask the database: the columns of the answer, 25 rows, in the order of the list. */
const invoice = `select id, invoice_number, status, currency, coalesce(net_invoice_total, invoice_total) as invoice_total,
   amount_due, coalesce(due_date, promise_due_date) as due_date, period_begin, period_end_exclusive, created_at
 from invoice`;

const merchantInvoice = `select id, id as invoice_id, external_id, invoice_number, customer_id, contract_id, status, currency,
   invoice_total, net_invoice_total, applied_balance, amount_due, period_begin, period_end_exclusive, due_date,
   promise_due_date, invoice_url, payment_url, charged_at, created_at, created_by, updated_at
 from invoice`;

/** By list: `$1` is the organisation, and `$2` the customer where it is a customer's list. */
export const queries: Record<string, string> = {
  invoices: `${invoice}
     where organisation_id = $1 and customer_id = $2 and status not in ('draft', 'edited', 'discarded')
     order by created_at desc, id desc limit 25`,
  payments: `select payment.id, payment.type, payment.status, payment.amount, payment.amount_refunded,
       payment.currency_code, payment.payment_method, payment.payment_method_details, payment.timestamp,
       payment.receipt_number, payment.failure_message, payment.parent_id, invoice.id as invoice_id,
       invoice.invoice_number, allocation.amount as allocated_amount
     from (select * from payment where organisation_id = $1 and customer_id = $2
       order by timestamp desc, id desc limit 25) payment
     left join payment_allocation allocation
       on allocation.organisation_id = payment.organisation_id and allocation.payment_id = payment.id
     left join invoice on invoice.organisation_id = allocation.organisation_id and invoice.id = allocation.invoice_id
     order by payment.timestamp desc, payment.id desc`,
  entitlements: `select granted.id, entitlement.id as entitlement_id, entitlement.name, entitlement.description,
       entitlement.entitlement_type, entitlement.units, granted.quantity, granted.quantity_used, granted.active_from,
       granted.expiry_at, granted.renews_at, granted.contract_id, granted.product_id, granted.invoice_id
     from customer_entitlement granted
     join entitlement on entitlement.organisation_id = granted.organisation_id and entitlement.id = granted.entitlement_id
     where granted.organisation_id = $1 and granted.customer_id = $2
     order by lower(entitlement.name), granted.id limit 25`,
  'merchant-invoices': `${merchantInvoice} where organisation_id = $1 order by created_at desc, id desc limit 25`,
  'merchant-customers': `select * from customer where organisation_id = $1 and deleted_at is null
     order by created_at desc, id desc limit 25`,
};
