import type { ErrorDetail } from '#contract/errors.ts';
import type { PaymentPartInput } from '#contract/merchant-payments.ts';
import { invalid } from '../http/errors.ts';
import type { HeldPart } from './booking.repository.ts';
import type { StoredPayment } from './booking.ts';
import type { Part } from './parts.ts';

/** How much of a payment is to be given back, in minor units. */
export interface RefundWish {
  /** Default: all that is left. */
  amount: number | undefined;
  /** How much of which parts; nothing: as it comes. */
  parts: readonly PaymentPartInput[];
  /** By which names the request has the two. */
  names: { amount: string; parts: string };
}

const leftOf = (part: Pick<HeldPart, 'amount' | 'amount_refunded'>): number => part.amount - part.amount_refunded;

const namedParts = (held: readonly HeldPart[], { parts, names }: RefundWish): Map<string, number> => {
  const named = new Map<string, number>();
  const problems: ErrorDetail[] = [];
  for (const [index, part] of parts.entries()) {
    const field = part.invoice_id === undefined ? 'invoice_external_id' : 'invoice_id';
    const refuse = (name: string, msg: string, type: string): void => {
      problems.push({ loc: ['body', names.parts, index, name], msg, type });
    };
    const own = held.find((one) =>
      part.invoice_id === undefined
        ? one.invoice_external_id === part.invoice_external_id
        : one.invoice_id === part.invoice_id,
    );
    if (own === undefined) {
      refuse(field, 'The payment has no part of such an invoice', 'reference_unknown');
    } else if (named.has(own.invoice_id)) {
      refuse(field, 'An earlier part names this invoice', 'duplicate');
    } else if (part.amount > leftOf(own)) {
      refuse('amount', `${leftOf(own)} is left of this part`, 'too_big');
    } else {
      named.set(own.invoice_id, part.amount);
    }
  }
  if (problems.length > 0) {
    throw invalid(problems);
  }
  return named;
};

/**
 * Says what a refund takes: the parts that were named; then money that was applied to nothing; then what is left of the
 * parts, the newest invoice first.
 * @throws HttpError 422 for more than is left
 */
export const planRefund = (
  { payment, parts: held }: StoredPayment,
  wish: RefundWish,
): { amount: number; parts: Part[] } => {
  const left = payment.amount - payment.amount_refunded;
  const amount = wish.amount ?? left;
  const refuse = (name: string, msg: string) => invalid([{ loc: ['body', name], msg, type: 'too_big' }]);
  if (left === 0 || amount > left) {
    throw refuse(wish.names.amount, left === 0 ? 'Nothing is left to refund' : `${left} is left to refund`);
  }
  const taken = namedParts(held, wish);
  const sumNamed = [...taken.values()].reduce((sum, part) => sum + part, 0);
  if (sumNamed > amount) {
    throw refuse(wish.names.parts, `The parts add up to ${sumNamed}, the refund is of ${amount}`);
  }
  const unallocated = Math.max(0, left - held.reduce((sum, part) => sum + leftOf(part), 0));
  let rest = Math.max(0, amount - sumNamed - unallocated);
  for (const part of held) {
    const before = taken.get(part.invoice_id) ?? 0;
    const more = Math.min(rest, leftOf(part) - before);
    if (more > 0) {
      taken.set(part.invoice_id, before + more);
      rest -= more;
    }
  }
  return { amount, parts: [...taken].map(([invoiceId, part]) => ({ invoiceId, amount: part })) };
};
