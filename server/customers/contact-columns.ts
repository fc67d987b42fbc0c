import type { ContactFields, ContactPatch } from '#contract/contacts.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { ContactTable } from './customers.table.ts';

const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);

export const newContact = (
  clock: Clock,
  customer: { organisation_id: string; id: string },
  { email, first_name, last_name, send_contract = false, send_invoice = true }: ContactFields,
): ContactTable => {
  const now = timestamp(clock.now());
  return {
    organisation_id: customer.organisation_id,
    id: newId(clock),
    customer_id: customer.id,
    email,
    first_name: first_name ?? null,
    last_name: last_name ?? null,
    send_contract: flag(send_contract),
    send_invoice: flag(send_invoice),
    created_at: now,
    updated_at: now,
  };
};

/** The contact with what is given; the same object when that changes nothing. */
export const changedContact = (clock: Clock, stored: ContactTable, patch: ContactPatch): ContactTable => {
  const { email, first_name: firstName, last_name: lastName, send_contract, send_invoice } = patch;
  const contact: ContactTable = {
    ...stored,
    ...(email === undefined ? {} : { email }),
    ...(firstName === undefined ? {} : { first_name: firstName }),
    ...(lastName === undefined ? {} : { last_name: lastName }),
    ...(send_contract === undefined ? {} : { send_contract: flag(send_contract) }),
    ...(send_invoice === undefined ? {} : { send_invoice: flag(send_invoice) }),
  };
  const isSame = Object.entries(contact).every(([column, value]) => stored[column as keyof ContactTable] === value);
  return isSame ? stored : { ...contact, updated_at: timestamp(clock.now()) };
};
