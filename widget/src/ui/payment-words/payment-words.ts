import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/localize.ts';
import { paymentWords } from '../../i18n/payment-words.en.ts';
import { statusPill, statusWord } from '../status-pill/status-pill.ts';
import type { Tone } from '../status-pill/status-pill.ts';

const tones: Record<string, Tone> = {
  success: 'success',
  refunded: 'neutral',
  partially_refunded: 'partial',
  failed: 'danger',
  requires_action: 'danger',
  in_progress: 'pending',
  pending_charge: 'pending',
  authorized: 'pending',
  created: 'pending',
};

/** Types by which money goes back to the customer. */
export const isMoneyBack = (type: string): boolean => type === 'refund' || type === 'payment_reversal';

/** Statuses in which the money has really moved. */
export const hasMoved = (status: string): boolean =>
  status === 'success' || status === 'refunded' || status === 'partially_refunded';

export const paymentTypeWord = (type: string, localizer: Localizer): string => word('type', type, localizer);

export const paymentStatusWord = (status: string, localizer: Localizer): string => word('status', status, localizer);

export const paymentStatusPill = (status: string, localizer: Localizer): TemplateResult =>
  statusPill(tones[status] ?? 'neutral', paymentStatusWord(status, localizer));

/** "Visa •••• 4242" to look at and "Visa ending in 4242" to hear; else the method's name, with the bank's. */
export const paymentMethodText = (
  method: string,
  details: {
    brand?: string | null | undefined;
    last4?: string | null | undefined;
    bank_name?: string | null | undefined;
  } | null,
  localizer: Localizer,
): TemplateResult => {
  const name = details?.brand ? statusWord(details.brand) : (details?.bank_name ?? word('method', method, localizer));
  if (!details?.last4) return html`<span>${name}</span>`;
  const spoken = localizer.in(paymentWords)('payment.ending_in', { method: name, digits: details.last4 });
  return html`<span class="method">
    <span aria-hidden="true">${name} •••• ${details.last4}</span><span class="visually-hidden">${spoken}</span>
  </span>`;
};

function word(kind: 'type' | 'status' | 'method', value: string, localizer: Localizer): string {
  const key = `payment.${kind}_${value}`;
  return isWordKey(key) ? localizer.in(paymentWords)(key) : statusWord(value);
}

const isWordKey = (key: string): key is Exclude<keyof typeof paymentWords, 'payment.ending_in'> => key in paymentWords;
