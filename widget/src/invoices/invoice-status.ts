import type { PortalInvoice } from '#contract/invoices.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer, Messages } from '../i18n/localize.ts';
import { statusPill, statusWord } from '../ui/status-pill/status-pill.ts';
import type { Tone } from '../ui/status-pill/status-pill.ts';

type Status = PortalInvoice['status'];

/** The statuses a customer sees, in the order of the filter. */
export const invoiceStatuses = ['approved', 'partially_paid', 'paid', 'upcoming', 'void'] as const satisfies Status[];

const tones: Partial<Record<Status, Tone>> = { paid: 'success', partially_paid: 'partial', approved: 'pending' };

const wordKeys: Partial<Record<Status, keyof Messages & `invoices.status_${string}`>> = {
  approved: 'invoices.status_approved',
  partially_paid: 'invoices.status_partially_paid',
  paid: 'invoices.status_paid',
  upcoming: 'invoices.status_upcoming',
  void: 'invoices.status_void',
};

export function invoiceStatusWord(status: Status, { t }: Localizer): string {
  const key = wordKeys[status];
  return key ? t(key) : statusWord(status);
}

/** The status, and beside it how many days the invoice is overdue. */
export const invoiceStatusPills = (
  { status, days_overdue: daysOverdue }: Pick<PortalInvoice, 'status' | 'days_overdue'>,
  localizer: Localizer,
): TemplateResult => html`
  <span class="pills">
    ${statusPill(tones[status] ?? 'neutral', invoiceStatusWord(status, localizer))}
    ${daysOverdue === null ? nothing : statusPill('danger', localizer.t('invoices.overdue', { count: daysOverdue }))}
  </span>
`;
