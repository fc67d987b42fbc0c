import type { AuditEvent } from '#contract/audit.ts';
import type { Localizer } from '../../../../widget/src/i18n/localize.ts';
import { statusWord } from '../../../../widget/src/ui/status-pill/status-pill.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import { consoleMessages } from '../console.en.ts';

const actors = {
  api_key: 'activity.api_key',
  staff: 'activity.staff',
  customer: 'activity.by_customer',
  system: 'activity.system',
} as const satisfies Record<AuditEvent['actor_type'], keyof typeof consoleMessages>;

export const actorWord = (type: AuditEvent['actor_type'], localizer: Localizer): string =>
  localizer.in(consoleMessages)(actors[type]);

/** What was done, as a sentence about the actor; an action that has no words yet by its own name. */
export function actionText({ action, detail }: AuditEvent, { localizer, locale }: ViewContext): string {
  const t = localizer.in(consoleMessages);
  const text = (name: string): string => String(detail?.[name] ?? '');
  switch (action) {
    case 'organisation.created':
      return t('activity.organisation_created');
    case 'staff.created':
      return t('activity.staff_created', { name: text('name') });
    case 'staff.logged_in':
      return t('activity.logged_in');
    case 'api_key.created':
      return t('activity.api_key_created', { name: text('name') });
    case 'api_key.revoked':
      return t('activity.api_key_revoked');
    case 'session.created':
      return t('activity.session_created');
    case 'session.opened':
      return t('activity.session_opened', { origin: text('origin') });
    case 'session.ended':
      return t('activity.session_ended');
    case 'sessions.revoked':
      return t('activity.sessions_revoked', { count: Number(detail?.['revoked'] ?? 0) });
    case 'portal.viewed_by_staff':
      return t('activity.viewed');
    case 'portal_link.created':
      return t('activity.link_created');
    case 'profile.updated':
      return t('activity.profile_updated', { fields: fieldList(detail?.['fields'], locale) });
    case 'invoice.approved':
      return t('activity.invoice_approved', { number: text('invoice_number') });
    case 'invoice.voided':
      return t('activity.invoice_voided', { number: text('invoice_number') });
    case 'invoice.discarded':
      return t('activity.invoice_discarded', { number: text('invoice_number') });
    case 'credit_note.issued':
      return t('activity.credit_note_issued', {
        number: text('credit_note_number'),
        invoice: text('invoice_number'),
      });
    case 'payment.refunded':
      return t('activity.payment_refunded');
    case 'payment.deleted':
      return t('activity.payment_deleted');
    case 'payment.taken_back':
      return t('activity.payment_taken_back');
    case 'customer.deleted':
      return t('activity.customer_deleted', { name: text('customer_name') });
    case 'contract.deleted':
      return t('activity.contract_deleted', { name: text('name') });
    case 'contact.deleted':
      return t('activity.contact_deleted', { email: text('email') });
    case 'entitlement.taken_back':
      return t('activity.entitlement_taken_back', { name: text('name') });
    case 'payment_method.detached':
      return t('activity.payment_method_detached', { name: text('connector_name') });
    case 'invoices.imported':
      return t('activity.imported', { count: Number(detail?.['rows'] ?? 0) });
    case 'customers.bulk_changed':
    case 'invoices.bulk_changed':
    case 'payments.bulk_changed':
    case 'entitlements.bulk_changed':
      return t('activity.bulk_changed', { what: action.slice(0, action.indexOf('.')), ...bulkCounts(detail) });
    case 'webhook_endpoint.created':
      return t('activity.webhook_created', { origin: text('origin') });
    case 'webhook_endpoint.updated':
      return t('activity.webhook_updated');
    case 'webhook_endpoint.deleted':
      return t('activity.webhook_deleted', { origin: text('origin') });
    case 'webhook_endpoint.disabled':
      return t('activity.webhook_disabled');
    case 'webhook_endpoint.secret_rotated':
      return t('activity.webhook_rotated');
    case 'webhook_endpoint.replayed':
      return t('activity.webhook_replayed', { count: Number(detail?.['queued'] ?? 0) });
    case 'browser_call.refused':
      return t('activity.browser_refused', { origin: text('origin') });
    default:
      return statusWord(action.replaceAll('.', ' '));
  }
}

const bulkCounts = (detail: AuditEvent['detail']): { changed: number; failed: number } => {
  const count = (name: string): number => Number(detail?.[name] ?? 0);
  return { changed: count('created') + count('updated'), failed: count('failed') };
};

const fieldList = (fields: unknown, locale: string): string =>
  Array.isArray(fields)
    ? new Intl.ListFormat(locale).format(fields.map((field) => String(field).replaceAll('_', ' ')))
    : '';
