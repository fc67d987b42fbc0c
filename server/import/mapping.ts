import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PaymentMethod } from '#contract/payments.ts';
import { CommandError } from '../command-line/command-line.ts';
import { isCurrency } from '../money.ts';
import { dateFormatProblem } from './parse-value.ts';

/** Where a field's text comes from. A template names columns in braces: `Account {customerID}`. */
const Source = z.union(
  [
    z.strictObject({ column: z.string().min(1) }),
    z.strictObject({ constant: z.string() }),
    z.strictObject({ template: z.string().min(1) }),
  ],
  'Expected {"column": …}, {"constant": …} or {"template": …}',
);
export type Source = z.infer<typeof Source>;

const CustomField = z.strictObject({
  column: z.string().min(1),
  type: z.enum(['text', 'number', 'boolean', 'date']).default('text'),
});
export type CustomField = z.infer<typeof CustomField>;

const CustomData = z.record(z.string().min(1), CustomField).default({});

const ImportedStatus = z.enum(['approved', 'paid', 'void', 'draft', 'upcoming']);
export type ImportedStatus = z.infer<typeof ImportedStatus>;

const DateFormat = z.string().superRefine((format, ctx) => {
  const problem = dateFormatProblem(format);
  if (problem !== undefined) {
    ctx.addIssue({ code: 'custom', message: problem });
  }
});

const NumberFormat = z
  .strictObject({
    decimal: z.string().length(1).default('.'),
    /** Empty: numbers are written without. */
    thousands: z.string().max(1).default(''),
  })
  .refine((format) => format.decimal !== format.thousands, 'decimal and thousands must differ')
  .prefault({});

const Currency = Source.refine(
  (source) => !('constant' in source) || isCurrency(source.constant),
  'Expected an ISO 4217 code such as USD',
);

/** Which column becomes which field. */
export const Mapping = z.strictObject({
  delimiter: z.string().length(1).default(','),
  date_format: DateFormat,
  number_format: NumberFormat,
  true_words: z.array(z.string()).default(['true', 'yes', '1']),
  false_words: z.array(z.string()).default(['false', 'no', '0']),
  customer: z.strictObject({
    external_id: Source,
    customer_name: Source,
    email: Source.optional(),
    phone_number: Source.optional(),
    custom_data: CustomData,
  }),
  invoice: z.strictObject({
    /** By which the invoice is found again; default: its number. */
    external_id: Source.optional(),
    invoice_number: Source,
    currency: Currency,
    total: Source,
    created_at: Source,
    due_date: Source.optional(),
    period_begin: Source.optional(),
    /** The last day of the period. */
    period_end: Source.optional(),
    /** A date here makes a payment of the whole total on that day. */
    settled_at: Source.optional(),
    /** What the words of a status column mean. */
    status: z.strictObject({ column: z.string().min(1), words: z.record(z.string(), ImportedStatus) }).optional(),
    notes: Source.optional(),
    custom_data: CustomData,
  }),
  line_item: z.strictObject({ name: Source }).default({ name: { constant: 'Invoice total' } }),
  payment: z.strictObject({ method: PaymentMethod }).default({ method: 'other' }),
});
export type Mapping = z.infer<typeof Mapping>;

const columnsOfTemplate = (template: string): string[] =>
  [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');

const columnsOfSource = (source: Source): string[] => {
  if ('column' in source) {
    return [source.column];
  }
  return 'template' in source ? columnsOfTemplate(source.template) : [];
};

/** Every column that the mapping reads. */
export const columnsOf = ({ customer, invoice, line_item: lineItem }: Mapping): Set<string> => {
  const { custom_data: customerData, ...customerFields } = customer;
  const { custom_data: invoiceData, status, ...invoiceFields } = invoice;
  const sources = [...Object.values(customerFields), ...Object.values(invoiceFields), lineItem.name];
  return new Set([
    ...sources.flatMap((source) => (source === undefined ? [] : columnsOfSource(source))),
    ...[customerData, invoiceData].flatMap((fields) => Object.values(fields).map((field) => field.column)),
    ...(status === undefined ? [] : [status.column]),
  ]);
};

/** The text that a source gives for one row. */
export const textOf = (source: Source, cell: (column: string) => string): string => {
  if ('column' in source) {
    return cell(source.column);
  }
  return 'template' in source
    ? source.template.replace(/\{([^{}]+)\}/g, (_, column: string) => cell(column)).trim()
    : source.constant;
};

/** @throws CommandError naming the first thing that is wrong with the file */
export const readMapping = async (path: string): Promise<Mapping> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CommandError('mapping_unreadable', `Cannot read ${path}: ${error instanceof Error ? error.message : ''}`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CommandError('mapping_invalid', `${path} is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  const parsed = Mapping.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw new CommandError('mapping_invalid', `${path}: ${where === '' ? '' : `${where}: `}${issue?.message ?? ''}`);
  }
  return parsed.data;
};
