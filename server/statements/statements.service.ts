import type { Address } from '#contract/addresses.ts';
import { getBranding } from '../branding/branding.service.ts';
import { billingDay, billingDayOf, rangeEndExclusive, rangeStart } from '../customers/billing-day.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { getProfile } from '../customers/profile.service.ts';
import type { Dependencies } from '../dependencies.ts';
import { invalid } from '../http/errors.ts';
import { findOrganisation } from '../organisations/organisations.service.ts';
import { eachPayment } from '../payments/payments.service.ts';
import { receivedStatuses, returningTypes, settlingTypes } from '../payments/received.ts';
import { creditNoteEntry, inOrder, invoiceEntries, paymentEntry } from './movements.ts';
import type { Entry } from './movements.ts';
import type { Ageing, Statement, StatementSection } from './statement.ts';
import { findAgeing, findBalances, findCreditNotes, findIssuedInvoices } from './statements.repository.ts';
import type { AgeingRow } from './statements.repository.ts';

const dayMs = 86_400_000;
const pageSize = 500;

/** Which days, both included, and how many entries at most. */
export interface StatementRequest {
  from: string;
  to: string;
  limit: number;
}

const tooLong = (limit: number) =>
  invalid([
    { loc: ['query', 'from'], msg: `More than ${limit} entries: ask for fewer days, or for CSV`, type: 'value_error' },
  ]);

const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, day.length);

/** Invoices are read last, so that none of the payments is without the invoice that it is for. */
const findEntries = async (
  dependencies: Dependencies,
  view: CustomerView,
  { from, to, limit }: StatementRequest,
): Promise<Entry[]> => {
  const { db } = dependencies;
  const { scope, timeZone } = view;
  const span = { from: rangeStart(from, timeZone), before: rangeEndExclusive(to, timeZone) };
  const entries: Entry[] = [];
  const add = (more: Entry[]): void => {
    if (entries.length + more.length > limit) {
      throw tooLong(limit);
    }
    entries.push(...more);
  };
  const pages = eachPayment(dependencies, view, {
    query: {
      order: 'timestamp',
      timestamp__gte: from,
      timestamp__lte: to,
      type__in: [...settlingTypes, ...returningTypes],
      status__in: [...receivedStatuses],
    },
    pageSize,
  });
  for await (const payments of pages) {
    add(payments.map(paymentEntry));
  }
  for (const note of await findCreditNotes(db, scope, span, limit + 1)) {
    add([creditNoteEntry(note)]);
  }
  for (const invoice of await findIssuedInvoices(db, scope, span, limit + 1)) {
    add(invoiceEntries(invoice));
  }
  return entries.sort(inOrder);
};

const presentAgeing = (row: AgeingRow | undefined, closingBalance: number): Ageing => {
  const buckets = {
    current: row?.current ?? 0,
    days1To30: row?.days_1_to_30 ?? 0,
    days31To60: row?.days_31_to_60 ?? 0,
    days61To90: row?.days_61_to_90 ?? 0,
    daysOver90: row?.days_over_90 ?? 0,
  };
  const open = Object.values(buckets).reduce((sum, amount) => sum + amount, 0);
  return { ...buckets, unallocated: open - closingBalance };
};

const sectionOf = (
  currency: string,
  { opening, entries, ageing }: { opening: number; entries: readonly Entry[]; ageing: AgeingRow | undefined },
  timeZone: string,
): StatementSection => {
  const day = (moment: string): string => billingDayOf(moment, timeZone);
  let balance = opening;
  let totalCharges = 0;
  let totalCredits = 0;
  const movements = entries.map(({ at, kind, number, description, dueAt, charge, credit }) => {
    balance += charge - credit;
    totalCharges += charge;
    totalCredits += credit;
    const dueDate = dueAt === null ? null : day(dueAt);
    return { date: day(at), kind, number, description, dueDate, charge, credit, balance };
  });
  return {
    currency,
    openingBalance: opening,
    movements,
    totalCharges,
    totalCredits,
    closingBalance: balance,
    ageing: presentAgeing(ageing, balance),
  };
};

const findSections = async (
  dependencies: Dependencies,
  view: CustomerView,
  request: StatementRequest,
): Promise<StatementSection[]> => {
  const { db } = dependencies;
  const { scope, timeZone } = view;
  const { from, to } = request;
  const entries = Map.groupBy(await findEntries(dependencies, view, request), ({ currency }) => currency);
  const opening = new Map(
    (await findBalances(db, scope, rangeStart(from, timeZone))).map(({ currency, balance }) => [currency, balance]),
  );
  const startOf = (days: number): string => rangeStart(daysBefore(to, days), timeZone);
  const ageing = await findAgeing(db, scope, rangeEndExclusive(to, timeZone), {
    closing: startOf(0),
    minus30: startOf(30),
    minus60: startOf(60),
    minus90: startOf(90),
  });
  const currencies = new Set([...entries.keys(), ...ageing.map(({ currency }) => currency)]);
  for (const [currency, balance] of opening) {
    if (balance !== 0) {
      currencies.add(currency);
    }
  }
  return [...currencies].sort().map((currency) => {
    const parts = {
      opening: opening.get(currency) ?? 0,
      entries: entries.get(currency) ?? [],
      ageing: ageing.find((row) => row.currency === currency),
    };
    return sectionOf(currency, parts, timeZone);
  });
};

/**
 * A customer's statement of account. A last day in the future counts as today.
 * @throws HttpError 422 when the first day is in the future, or there are more entries than the limit
 */
export const getStatement = async (
  dependencies: Dependencies,
  view: CustomerView,
  request: StatementRequest,
): Promise<Statement> => {
  const { db, clock } = dependencies;
  const { scope, timeZone } = view;
  const { from } = request;
  const today = billingDay(clock.now(), timeZone);
  if (from > today) {
    throw invalid([{ loc: ['query', 'from'], msg: 'Choose a day that is not in the future', type: 'value_error' }]);
  }
  const to = request.to > today ? today : request.to;
  const organisation = await findOrganisation(db, scope);
  const { profile } = await getProfile(db, scope);
  return {
    organisation: {
      name: organisation?.name ?? '',
      email: organisation?.email ?? null,
      address: organisation?.address ? (JSON.parse(organisation.address) as Address) : null,
      taxId: organisation?.tax_id ?? null,
      branding: await getBranding(db, scope),
    },
    customer: {
      name: profile.customer_name,
      email: profile.email,
      address: profile.address,
      taxInfo: profile.tax_info,
    },
    from,
    to,
    timeZone,
    issuedOn: today,
    sections: await findSections(dependencies, view, { ...request, to }),
  };
};
