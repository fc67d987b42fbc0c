import { everyMark } from './marks.ts';
import type { PlannedCustomer } from './planned-customer.ts';
import type { Attempts } from './visits.ts';

/** Of the form of a mark, and nobody's. */
export const nonsense = 'wvwvwvwvwvwvwvwv';

const idsOf = (customers: readonly PlannedCustomer[]): Record<string, string[]> => ({
  address_id: customers.flatMap(({ addresses }) => addresses.map(({ id }) => id ?? '')),
  contact_id: customers.map(({ contact }) => contact.id),
  contract_id: customers.map(({ contract }) => contract.id),
  credit_note_id: customers.map(({ creditNote }) => creditNote.id ?? ''),
  customer_entitlement_id: customers.map(({ grant }) => grant.id ?? ''),
  customer_id: customers.map(({ id }) => id),
  entitlement_id: customers.map(({ entitlement }) => entitlement.id ?? ''),
  external_id: customers.flatMap(({ invoices }) => invoices.map(({ external_id: externalId }) => externalId ?? '')),
  invoice_id: customers.flatMap(({ invoices }) => invoices.map(({ id }) => id)),
  payment_id: customers.flatMap(({ payment, refund }) => [payment.id, refund.id]),
  payment_method_id: customers.map(({ paymentMethod }) => paymentMethod.id),
  product_id: customers.map(({ product }) => product.id),
});

/**
 * Everything to try for somebody who owns one customer's records and should never see the foreign ones.
 * @param words of those others; each is looked for
 */
export const attemptsOf = (
  own: PlannedCustomer,
  foreign: readonly PlannedCustomer[],
  words: readonly string[],
): Attempts => {
  const ids = idsOf([own, ...foreign]);
  const foreignIds = Object.values(idsOf(foreign)).map(([id = '']) => id);
  const [word = ''] = words;
  const fields = ['customer_name', 'external_id', 'receipt_number'];
  return {
    params: ids,
    texts: [everyMark, word, words.slice(0, 40).join(',')],
    values: [
      foreign[0]?.id ?? '',
      foreignIds.join(','),
      `${own.invoices[0]?.id ?? ''},${foreign[0]?.invoices[0]?.id ?? ''}`,
      '2026-03-02',
      '1772445600',
      '100',
      '500000000',
      'true',
      'false',
    ],
    searches: [nonsense, ...words, ...fields.flatMap((field) => [`${field}=${everyMark}`, `${field}=${word}`])],
    required: { from: '2026-01-01', to: '2026-06-30', id__in: own.invoices[0]?.id ?? '' },
  };
};
