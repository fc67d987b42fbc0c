import type { AuditEvent } from '#contract/console.ts';
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
    case 'browser_call.refused':
      return t('activity.browser_refused', { origin: text('origin') });
    default:
      return statusWord(action.replaceAll('.', ' '));
  }
}

const fieldList = (fields: unknown, locale: string): string =>
  Array.isArray(fields)
    ? new Intl.ListFormat(locale).format(fields.map((field) => String(field).replaceAll('_', ' ')))
    : '';
