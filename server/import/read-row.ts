import { createHash } from 'node:crypto';
import { z } from 'zod';
import { rangeEndExclusive, rangeStart } from '../customers/billing-day.ts';
import { currencyDecimals, fitsDecimals, isCurrency, toMinor } from '../money.ts';
import { textOf } from './mapping.ts';
import type { CustomField, ImportedStatus, Mapping, Source } from './mapping.ts';
import { booleanReader, CellError, dayReader, numberReader } from './parse-value.ts';

/** What one row says about its customer. A field that the mapping does not name is absent, and stays as it is. */
export interface CustomerFacts {
  external_id: string;
  customer_name: string;
  email?: string | null;
  phone_number?: string | null;
  custom_data?: string;
}

/** What one row says about its invoice. */
export interface InvoiceFacts {
  externalId: string;
  invoiceNumber: string;
  currency: string;
  totalMinor: number;
  /** The total as exact decimal text in major units. */
  total: string;
  createdAt: string;
  dueDate: string | null;
  periodBegin: string | null;
  periodEndExclusive: string | null;
  settledAt: string | null;
  status: ImportedStatus;
  notes: string | null;
  customData: string | null;
  lineItemName: string;
}

export interface RowFacts {
  customer: CustomerFacts;
  invoice: InvoiceFacts;
  /** Two rows with the same fingerprint say the same. */
  fingerprint: string;
}

const longest = 255;

/** Makes the reader of a file's rows. The reader throws a CellError that names the field. */
export const rowReader = (mapping: Mapping, header: readonly string[], timeZone: string) => {
  const positions = new Map(header.map((name, position) => [name, position]));
  const readDay = dayReader(mapping.date_format);
  const readNumber = numberReader(mapping.number_format);
  const readBoolean = booleanReader(mapping.true_words, mapping.false_words);

  return (values: readonly string[]): RowFacts => {
    const cell = (column: string): string => values[positions.get(column) ?? -1]?.trim() ?? '';

    const named = <Value>(name: string, read: () => Value): Value => {
      try {
        return read();
      } catch (error) {
        throw error instanceof CellError ? new CellError(`${name}: ${error.message}`) : error;
      }
    };
    const optional = (name: string, source: Source | undefined): string | null => {
      const text = source === undefined ? '' : textOf(source, cell);
      if (text.length > longest) {
        throw new CellError(`${name}: longer than ${longest} characters`);
      }
      return text === '' ? null : text;
    };
    const required = (name: string, source: Source): string => {
      const text = optional(name, source);
      if (text === null) {
        throw new CellError(`${name}: empty`);
      }
      return text;
    };
    const dayOf = (name: string, source: Source | undefined): string | null => {
      const text = optional(name, source);
      return text === null ? null : named(name, () => readDay(text));
    };
    const momentOf = (name: string, source: Source | undefined): string | null => {
      const day = dayOf(name, source);
      return day === null ? null : rangeStart(day, timeZone);
    };
    const customValue = (name: string, field: CustomField): unknown => {
      const text = cell(field.column);
      if (text === '') {
        return null;
      }
      const readers: Record<CustomField['type'], () => unknown> = {
        text: () => text,
        number: () => Number(readNumber(text)),
        boolean: () => readBoolean(text),
        date: () => readDay(text),
      };
      return named(name, readers[field.type]);
    };
    const customData = (fields: Record<string, CustomField>): string | undefined =>
      Object.keys(fields).length === 0
        ? undefined
        : JSON.stringify(
            Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, customValue(name, field)])),
          );

    const readCustomer = (): CustomerFacts => {
      const { customer } = mapping;
      const email = optional('email', customer.email);
      if (email !== null && !z.email().safeParse(email).success) {
        throw new CellError(`email: ${JSON.stringify(email)} is not an e-mail address`);
      }
      const data = customData(customer.custom_data);
      return {
        external_id: required('customer external_id', customer.external_id),
        customer_name: required('customer_name', customer.customer_name),
        ...(customer.email === undefined ? {} : { email }),
        ...(customer.phone_number === undefined
          ? {}
          : { phone_number: optional('phone_number', customer.phone_number) }),
        ...(data === undefined ? {} : { custom_data: data }),
      };
    };

    const readStatus = (settledAt: string | null): ImportedStatus => {
      const { status } = mapping.invoice;
      if (status === undefined) {
        return settledAt === null ? 'approved' : 'paid';
      }
      const word = cell(status.column);
      const meaning = Object.hasOwn(status.words, word) ? status.words[word] : undefined;
      if (meaning === undefined) {
        throw new CellError(`status: the mapping does not say what ${JSON.stringify(word)} means`);
      }
      if (meaning === 'paid' && settledAt === null) {
        throw new CellError('settled_at: empty, but the invoice is paid');
      }
      return meaning === 'approved' && settledAt !== null ? 'paid' : meaning;
    };

    const readTotal = (currency: string): { total: string; totalMinor: number } => {
      const text = required('total', mapping.invoice.total);
      const total = named('total', () => readNumber(text));
      const decimals = currencyDecimals(currency);
      if (total.startsWith('-')) {
        throw new CellError(`total: ${text} is negative; credit notes are not imported`);
      }
      if (!fitsDecimals(total, decimals)) {
        throw new CellError(`total: ${text} has more decimals than ${currency}`);
      }
      const totalMinor = toMinor(total, decimals);
      if (!Number.isSafeInteger(totalMinor)) {
        throw new CellError(`total: ${text} is too large`);
      }
      return { total, totalMinor };
    };

    const readInvoice = (): InvoiceFacts => {
      const { invoice } = mapping;
      const invoiceNumber = required('invoice_number', invoice.invoice_number);
      const currency = required('currency', invoice.currency).toUpperCase();
      if (!isCurrency(currency)) {
        throw new CellError(`currency: ${JSON.stringify(currency)} is not an ISO 4217 code`);
      }
      required('created_at', invoice.created_at);
      const settledAt = momentOf('settled_at', invoice.settled_at);
      const periodEnd = dayOf('period_end', invoice.period_end);
      return {
        externalId: invoice.external_id === undefined ? invoiceNumber : required('external_id', invoice.external_id),
        invoiceNumber,
        currency,
        ...readTotal(currency),
        createdAt: momentOf('created_at', invoice.created_at) ?? '',
        dueDate: momentOf('due_date', invoice.due_date),
        periodBegin: momentOf('period_begin', invoice.period_begin),
        periodEndExclusive: periodEnd === null ? null : rangeEndExclusive(periodEnd, timeZone),
        settledAt,
        status: readStatus(settledAt),
        notes: optional('notes', invoice.notes),
        customData: customData(invoice.custom_data) ?? null,
        lineItemName: required('line_item name', mapping.line_item.name),
      };
    };

    if (values.some((value) => value.includes('\uFFFD'))) {
      throw new CellError('the row is not UTF-8 text');
    }
    const customer = readCustomer();
    const invoice = readInvoice();
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([customer.external_id, invoice]))
      .digest('base64');
    return { customer, invoice, fingerprint };
  };
};
