import { billingDay } from '../customers/billing-day.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';

/** `invoices-2026-11-23.csv`, by the day on which the file is made. */
export const datedFileName = (
  { clock }: Pick<Dependencies, 'clock'>,
  { timeZone }: Pick<CustomerView, 'timeZone'>,
  stem: string,
  extension: string,
): string => `${stem}-${billingDay(clock.now(), timeZone)}.${extension}`;
