import type { AuditAction, AuditActor, AuditEvent, AuditGroup } from '#contract/audit.ts';
import { formatMoney } from '../../../../widget/src/format/money.ts';
import type { Localizer, Translate } from '../../../../widget/src/i18n/localize.ts';
import { statusWord } from '../../../../widget/src/ui/status-pill/status-pill.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import { activityMessages } from './activity.en.ts';

type MessageKey = keyof typeof activityMessages;

const actors = {
  api_key: 'activity.api_key',
  staff: 'activity.staff',
  customer: 'activity.by_customer',
  system: 'activity.system',
} as const satisfies Record<AuditActor, MessageKey>;

const groups = {
  customers: 'activity.customers',
  invoices: 'activity.invoices',
  payments: 'activity.payments',
  contracts: 'activity.contracts',
  entitlements: 'activity.entitlements',
  portal: 'activity.portal',
  webhooks: 'activity.webhooks',
  access: 'activity.access',
} as const satisfies Record<AuditGroup, MessageKey>;

export const actorWord = (type: AuditActor, localizer: Localizer): string =>
  localizer.in(activityMessages)(actors[type]);

const optionsOf = <Value extends string>(keys: Record<Value, MessageKey>, word: (value: Value) => string) =>
  (Object.keys(keys) as Value[]).map((value) => ({ value, label: word(value) }));

export const actorOptions = (localizer: Localizer) => optionsOf(actors, (type) => actorWord(type, localizer));

export const groupOptions = (localizer: Localizer) =>
  optionsOf(groups, (group) => localizer.in(activityMessages)(groups[group]));

/** `billing_address` in a list of names: billing address. */
export const fieldList = (fields: readonly unknown[], locale: string): string =>
  new Intl.ListFormat(locale).format(fields.map((field) => String(field).replaceAll('_', ' ')));

/** What an entry tells of what was done; a dash for what it does not tell. */
interface Facts {
  t: Translate<typeof activityMessages>;
  text: (name: string) => string;
  count: (name: string) => number;
  amount: string;
  fields: string;
}

const untold = '—';

const factsOf = ({ detail }: AuditEvent, { localizer, locale }: ViewContext): Facts => {
  const { amount, currency, fields } = detail ?? {};
  return {
    t: localizer.in(activityMessages),
    text: (name) => String(detail?.[name] ?? untold),
    count: (name) => Number(detail?.[name] ?? 0),
    amount: typeof amount === 'number' && typeof currency === 'string' ? formatMoney(amount, currency, locale) : untold,
    fields: Array.isArray(fields) ? fieldList(fields, locale) : untold,
  };
};

const bulk =
  (what: string) =>
  ({ t, count }: Facts): string =>
    t('activity.bulk_changed', { what, changed: count('created') + count('updated'), failed: count('failed') });

const sessionEnded = ({ t, text }: Facts): string => {
  switch (text('reason')) {
    case 'signed_out':
      return t('activity.signed_out');
    case 'token_reused':
      return t('activity.link_reused');
    default:
      return t('activity.session_ended');
  }
};

const words: Record<AuditAction, (facts: Facts) => string> = {
  'customer.created': ({ t, text }) => t('activity.customer_created', { name: text('customer_name') }),
  'customer.updated': ({ t, fields }) => t('activity.customer_updated', { fields }),
  'customer.deleted': ({ t, text }) => t('activity.customer_deleted', { name: text('customer_name') }),
  'customers.bulk_changed': bulk('customers'),
  'address.created': ({ t }) => t('activity.address_created'),
  'address.updated': ({ t, fields }) => t('activity.address_updated', { fields }),
  'contact.created': ({ t, text }) => t('activity.contact_created', { email: text('email') }),
  'contact.updated': ({ t, text, fields }) => t('activity.contact_updated', { email: text('email'), fields }),
  'contact.deleted': ({ t, text }) => t('activity.contact_deleted', { email: text('email') }),
  'payment_method.attached': ({ t, text }) => t('activity.payment_method_attached', { name: text('connector_name') }),
  'payment_method.detached': ({ t, text }) => t('activity.payment_method_detached', { name: text('connector_name') }),
  'profile.updated': ({ t, fields }) => t('activity.profile_updated', { fields }),

  'invoice.created': ({ t, text, amount }) => t('activity.invoice_created', { number: text('invoice_number'), amount }),
  'invoice.updated': ({ t, text, fields }) => t('activity.invoice_updated', { number: text('invoice_number'), fields }),
  'invoice.approved': ({ t, text }) => t('activity.invoice_approved', { number: text('invoice_number') }),
  'invoice.voided': ({ t, text }) => t('activity.invoice_voided', { number: text('invoice_number') }),
  'invoice.discarded': ({ t, text }) => t('activity.invoice_discarded', { number: text('invoice_number') }),
  'credit_note.issued': ({ t, text }) =>
    t('activity.credit_note_issued', { number: text('credit_note_number'), invoice: text('invoice_number') }),
  'invoices.bulk_changed': bulk('invoices'),
  'invoices.imported': ({ t, count }) => t('activity.imported', { count: count('rows') }),

  'payment.recorded': ({ t, amount }) => t('activity.payment_recorded', { amount }),
  'payment.updated': ({ t, amount, fields }) => t('activity.payment_updated', { amount, fields }),
  'payment.taken_back': ({ t, amount }) => t('activity.payment_taken_back', { amount }),
  'payment.deleted': ({ t, amount }) => t('activity.payment_deleted', { amount }),
  'payment.refunded': ({ t, amount }) => t('activity.payment_refunded', { amount }),
  'payments.bulk_changed': bulk('payments'),

  'contract.created': ({ t, text }) => t('activity.contract_created', { name: text('name') }),
  'contract.updated': ({ t, text, fields }) => t('activity.contract_updated', { name: text('name'), fields }),
  'contract.deleted': ({ t, text }) => t('activity.contract_deleted', { name: text('name') }),
  'product.created': ({ t, text }) => t('activity.product_created', { name: text('name') }),
  'product.updated': ({ t, text, fields }) => t('activity.product_updated', { name: text('name'), fields }),

  'entitlement.created': ({ t, text }) => t('activity.entitlement_created', { name: text('name') }),
  'entitlement.updated': ({ t, text, fields }) => t('activity.entitlement_updated', { name: text('name'), fields }),
  'entitlement.granted': ({ t, text }) => t('activity.entitlement_granted', { name: text('name') }),
  'entitlement.grant_changed': ({ t, text, fields }) =>
    t('activity.entitlement_grant_changed', { name: text('name'), fields }),
  'entitlement.taken_back': ({ t, text }) => t('activity.entitlement_taken_back', { name: text('name') }),
  'entitlements.bulk_changed': bulk('entitlements'),

  'session.created': ({ t }) => t('activity.session_created'),
  'session.opened': ({ t, text }) => t('activity.session_opened', { origin: text('origin') }),
  'session.ended': sessionEnded,
  'sessions.revoked': ({ t, count }) => t('activity.sessions_revoked', { count: count('revoked') }),
  'portal.viewed_by_staff': ({ t }) => t('activity.viewed'),
  'portal_link.created': ({ t }) => t('activity.link_created'),

  'webhook_endpoint.created': ({ t, text }) => t('activity.webhook_created', { origin: text('origin') }),
  'webhook_endpoint.updated': ({ t, fields }) => t('activity.webhook_updated', { fields }),
  'webhook_endpoint.deleted': ({ t, text }) => t('activity.webhook_deleted', { origin: text('origin') }),
  'webhook_endpoint.disabled': ({ t }) => t('activity.webhook_disabled'),
  'webhook_endpoint.secret_rotated': ({ t }) => t('activity.webhook_rotated'),
  'webhook_endpoint.replayed': ({ t, count }) => t('activity.webhook_replayed', { count: count('queued') }),
  'webhook_endpoint.tested': ({ t }) => t('activity.webhook_tested'),
  'webhook_delivery.retried': ({ t }) => t('activity.webhook_retried'),

  'organisation.created': ({ t }) => t('activity.organisation_created'),
  'configuration.changed': ({ t, fields }) => t('activity.configuration_changed', { fields }),
  'staff.created': ({ t, text }) => t('activity.staff_created', { name: text('name') }),
  'staff.password_changed': ({ t, text }) => t('activity.staff_password_changed', { name: text('name') }),
  'staff.disabled': ({ t, text }) => t('activity.staff_disabled', { name: text('name') }),
  'staff.logged_in': ({ t }) => t('activity.logged_in'),
  'staff.logged_out': ({ t }) => t('activity.logged_out'),
  'login.failed': ({ t, text }) => t('activity.login_failed', { name: text('name') }),
  'api_key.created': ({ t, text }) => t('activity.api_key_created', { name: text('name') }),
  'api_key.revoked': ({ t }) => t('activity.api_key_revoked'),
  'browser_call.refused': ({ t, text }) => t('activity.browser_refused', { origin: text('origin') }),
};

const isKnown = (action: string): action is AuditAction => Object.hasOwn(words, action);

/** What was done, as a sentence about the actor; an action of a newer server by its own name. */
export const actionText = (event: AuditEvent, ctx: ViewContext): string =>
  isKnown(event.action) ? words[event.action](factsOf(event, ctx)) : statusWord(event.action.replaceAll('.', ' '));
