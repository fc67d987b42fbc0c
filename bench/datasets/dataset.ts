/** A database full of invoices, and the way into it. */
export interface Dataset {
  /** As DATABASE_URL takes it. */
  url: string;
  invoices: number;
  organisationId: string;
  apiKey: string;
  /** Spread evenly over all that are there. */
  customerIds: string[];
}

export const merchantOrigin = 'http://localhost:4999';
export const organisationId = '0199a000-0000-7000-8000-000000000000';

/** What the ids of a data set begin with, by kind of row. */
export const idKinds = {
  customer: '0001',
  invoice: '0002',
  payment: '0003',
  entitlement: '0004',
  grant: '0005',
  line: '0006',
} as const;

export const idPrefix = (kind: keyof typeof idKinds): string => `0199a000-${idKinds[kind]}-7000-8000-`;

const sampledCustomers = 200;

export const sampleCustomers = (customers: number): string[] =>
  Array.from({ length: Math.min(sampledCustomers, customers) }, (_, index) => {
    const customer = Math.floor((index * customers) / Math.min(sampledCustomers, customers));
    return `${idPrefix('customer')}${customer.toString(16).padStart(12, '0')}`;
  });
