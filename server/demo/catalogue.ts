import { currencyDecimals, multiplyDecimals, roundDecimal } from '../money.ts';

export interface Product {
  key: string;
  name: string;
  unit: string;
  /** US dollars a unit and month, exact. */
  price: string;
}

export const plans = {
  team: { key: 'team', name: 'Northwind Team', unit: 'seats', price: '29' },
  business: { key: 'business', name: 'Northwind Business', unit: 'seats', price: '49' },
  enterprise: { key: 'enterprise', name: 'Northwind Enterprise', unit: 'seats', price: '89' },
} as const satisfies Record<string, Product>;
export type PlanKey = keyof typeof plans;

export const meters = {
  apiCalls: { key: 'apiCalls', name: 'API calls', unit: 'calls', price: '0.0004' },
  compute: { key: 'compute', name: 'Compute', unit: 'hours', price: '0.0825' },
  transfer: { key: 'transfer', name: 'Data transfer', unit: 'GB', price: '0.085' },
  storage: { key: 'storage', name: 'Object storage', unit: 'GB', price: '0.023' },
} as const satisfies Record<string, Product>;
export type MeterKey = keyof typeof meters;

export const services = {
  support: { key: 'support', name: 'Premium support', unit: 'months', price: '500' },
  onboarding: { key: 'onboarding', name: 'Onboarding package', unit: 'packages', price: '2500' },
  training: { key: 'training', name: 'Training day', unit: 'days', price: '1200' },
} as const satisfies Record<string, Product>;

export const products: readonly Product[] = [plans, meters, services].flatMap((group) => Object.values<Product>(group));

const unitsOfDollar: Record<string, string> = {
  USD: '1',
  EUR: '0.92',
  GBP: '0.79',
  JPY: '148',
  KWD: '0.307',
  AED: '3.67',
  CAD: '1.36',
  AUD: '1.52',
  INR: '83',
  SEK: '10.4',
  DKK: '6.9',
};

/** The list price in a currency: whole units from 10 up, except where the currency has three decimals. */
export const priceIn = (product: Product, currency: string): string => {
  const exact = multiplyDecimals(product.price, unitsOfDollar[currency] ?? '1');
  return currencyDecimals(currency) !== 3 && Number(exact) >= 10 ? roundDecimal(exact, 0) : exact;
};
