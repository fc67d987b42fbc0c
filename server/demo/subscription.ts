import type { InvoiceTable } from '../invoices/invoices.table.ts';
import { multiplyDecimals, roundDecimal } from '../money.ts';
import { addDays, addMonths, daysBetween, firstOfMonth, moment, shortDay, startOf } from './calendar.ts';
import { meters, plans, priceIn, services } from './catalogue.ts';
import type { MeterKey, PlanKey, Product } from './catalogue.ts';
import type { Ledger, Line } from './ledger.ts';
import type { Place } from './places.ts';
import { Random, seedId } from './random.ts';

export interface Subscription {
  key: string;
  name: string;
  currency: string;
  cadence: 'monthly' | 'annual';
  /** Null: usage alone. */
  plan: PlanKey | null;
  seats: number;
  startMonthsAgo: number;
  /** The contract has run out so many months ago. */
  endMonthsAgo?: number;
  meters?: readonly MeterKey[];
  /** 1 is a mid-sized customer's usage. */
  usage?: number;
  /** Seats are added in the middle of each so manieth month. */
  growsEvery?: number;
  /** In the middle of that month, the customer moves to another plan. */
  planChange?: { monthsAgo: number; plan: PlanKey };
  /** Off the first three months. */
  introductoryPercent?: string;
  discountPercent?: string;
  hasSupport?: boolean;
  /** Days from the invoice to its due date. */
  terms: number;
  /** Next month's invoice is shown already. */
  hasUpcoming?: boolean;
}

interface Bill {
  ledger: Ledger;
  customerId: string;
  place: Place;
  subscription: Subscription;
  /** In which the customer's days and periods begin. */
  timeZone: string;
  /** Nothing is dated after this day's start. */
  asOf: string;
}

const monthly: Record<MeterKey, { units: number; decimals: number }> = {
  apiCalls: { units: 1_850_000, decimals: 0 },
  compute: { units: 640, decimals: 1 },
  transfer: { units: 2_300, decimals: 3 },
  storage: { units: 4_100, decimals: 2 },
};

/** Most invoices run at six in the morning; the minutes keep them apart. */
const billingRun = (random: Random): number => 360 + random.int(0, 40);

class Biller {
  private readonly bill: Bill;
  private readonly thisMonth: string;
  private readonly taxRate: string | null;

  constructor(bill: Bill) {
    this.bill = bill;
    this.thisMonth = firstOfMonth(bill.asOf);
    this.taxRate = bill.place.taxRate;
  }

  run(): InvoiceTable[] {
    const { subscription } = this.bill;
    const step = subscription.cadence === 'annual' ? 12 : 1;
    const contractId = this.openContract();
    const invoices: InvoiceTable[] = [];
    const first = subscription.hasUpcoming === true && step === 1 ? -1 : 0;
    const last = Math.max(first, subscription.endMonthsAgo ?? first);
    for (let monthsAgo = subscription.startMonthsAgo; monthsAgo >= last; monthsAgo -= step) {
      const invoice = this.issue(monthsAgo, step, contractId);
      if (invoice !== undefined) {
        invoices.push(invoice);
      }
    }
    return invoices.filter((invoice) => invoice.status === 'approved');
  }

  private openContract(): string {
    const { ledger, customerId, subscription } = this.bill;
    const begin = this.month(subscription.startMonthsAgo);
    const end = subscription.endMonthsAgo === undefined ? null : this.month(subscription.endMonthsAgo - 1);
    const id = seedId(this.startOf(begin), `contract/${customerId}/${subscription.key}`);
    ledger.addContract({
      id,
      customer_id: customerId,
      name: subscription.name,
      status: end === null ? 'active' : 'expired',
      currency: subscription.currency,
      start_date: this.startOf(begin),
      end_date: end === null ? null : this.startOf(end),
      created_at: this.startOf(addDays(begin, -9)),
      updated_at: this.startOf(addDays(begin, -9)),
      external_id: null,
      description: null,
      tags: '[]',
      custom_attributes: null,
      anchor_date: null,
      phases: '[]',
      renewal_policy: null,
      contract_link: null,
      deleted_at: null,
    });
    return id;
  }

  private issue(monthsAgo: number, step: number, contractId: string): InvoiceTable | undefined {
    const { ledger, customerId, subscription, place, asOf } = this.bill;
    const key = `${customerId}/${subscription.key}/${this.month(monthsAgo)}`;
    const random = new Random(key);
    const begin = this.month(monthsAgo);
    const isUpcoming = monthsAgo < 0;
    const createdAt = isUpcoming ? startOf(asOf) : moment(begin, billingRun(random), this.bill.timeZone);
    const lines = step === 12 ? this.annualLines(begin, monthsAgo) : this.monthlyLines(begin, monthsAgo, random);
    if (createdAt > startOf(asOf) || lines.length === 0) {
      return undefined;
    }
    const isArrears = subscription.plan === null;
    const periodBegin = isArrears ? addMonths(begin, -1) : begin;
    return ledger.issue({
      key,
      customerId,
      currency: subscription.currency,
      contractId,
      createdAt,
      dueAt: this.startOf(addDays(begin, subscription.terms)),
      period: { begin: this.startOf(periodBegin), end: this.startOf(isArrears ? begin : addMonths(begin, step)) },
      lines,
      status: isUpcoming ? 'upcoming' : 'approved',
      ...(place.taxNote === undefined ? {} : { notes: place.taxNote }),
    });
  }

  private annualLines(begin: string, monthsAgo: number): Line[] {
    const period = { begin: this.startOf(begin), end: this.startOf(addMonths(begin, 12)) };
    const seats = this.seatsAt(monthsAgo);
    return [
      {
        ...this.line(this.planAt(monthsAgo), seats, period, 'Annual plan, two months free'),
        unitPrice: multiplyDecimals(this.price(this.planAt(monthsAgo)), '10'),
      },
      ...(this.bill.subscription.hasSupport === true ? [this.line(services.support, 12, period)] : []),
    ];
  }

  private monthlyLines(begin: string, monthsAgo: number, random: Random): Line[] {
    const { subscription } = this.bill;
    const period = { begin: this.startOf(begin), end: this.startOf(addMonths(begin, 1)) };
    const isFirst = monthsAgo === subscription.startMonthsAgo;
    return [
      ...(subscription.plan === null ? [] : [this.line(this.planAt(monthsAgo), this.seatsAt(monthsAgo), period)]),
      ...(subscription.hasSupport === true ? [this.line(services.support, 1, period)] : []),
      ...(isFirst || subscription.plan === null ? [] : this.prorations(begin, monthsAgo)),
      ...(isFirst || monthsAgo < 0 ? [] : this.usageLines(begin, monthsAgo, random)),
    ];
  }

  /** What changed in the middle of the month before `begin`. */
  private prorations(begin: string, monthsAgo: number): Line[] {
    const before = addMonths(begin, -1);
    const changeDay = addDays(before, 13);
    const days = daysBetween(changeDay, begin);
    const share = String(days / daysBetween(before, begin));
    const period = { begin: this.startOf(changeDay), end: this.startOf(begin) };
    const prorated = (product: Product, quantity: number, description: string, sign: '' | '-'): Line => ({
      ...this.line(product, quantity, period, description),
      unitPrice: `${sign}${roundDecimal(multiplyDecimals(this.price(product), share), 4)}`,
      isProration: true,
    });
    const seatsBefore = this.seatsAt(monthsAgo + 1);
    const added = this.seatsAt(monthsAgo) - seatsBefore;
    const planBefore = this.planAt(monthsAgo + 1);
    const plan = this.planAt(monthsAgo);
    return [
      ...(plan.key === planBefore.key
        ? []
        : [
            prorated(planBefore, seatsBefore, `Unused time after ${shortDay(changeDay)}`, '-'),
            prorated(plan, seatsBefore, `Changed plan on ${shortDay(changeDay)}`, ''),
          ]),
      ...(added > 0 ? [prorated(plan, added, `Seats added on ${shortDay(changeDay)}, ${days} days`, '')] : []),
    ];
  }

  private usageLines(begin: string, monthsAgo: number, random: Random): Line[] {
    const { subscription } = this.bill;
    const period = { begin: this.startOf(addMonths(begin, -1)), end: this.startOf(begin) };
    const age = subscription.startMonthsAgo - monthsAgo;
    return (subscription.meters ?? []).map((key) => {
      const { units, decimals } = monthly[key];
      const quantity = units * (subscription.usage ?? 1) * (0.55 + age * 0.012) * (0.85 + random.next() * 0.3);
      return this.line(meters[key], Number(quantity.toFixed(decimals)), period, 'Usage of the month before');
    });
  }

  private line(product: Product, quantity: number, period: Line['period'], description?: string): Line {
    const { subscription } = this.bill;
    const isIntroductory =
      period !== undefined && period.begin < this.startOf(addMonths(this.month(subscription.startMonthsAgo), 3));
    const discountPercent =
      (isIntroductory ? subscription.introductoryPercent : undefined) ?? subscription.discountPercent;
    return {
      product,
      quantity,
      unitPrice: this.price(product),
      taxRate: this.taxRate,
      ...(period === undefined ? {} : { period }),
      ...(description === undefined ? {} : { description }),
      ...(discountPercent === undefined ? {} : { discountPercent }),
    };
  }

  private startOf(day: string): string {
    return startOf(day, this.bill.timeZone);
  }

  private month(monthsAgo: number): string {
    return addMonths(this.thisMonth, -monthsAgo);
  }

  private price(product: Product): string {
    return priceIn(product, this.bill.subscription.currency);
  }

  private planAt(monthsAgo: number): Product {
    const { plan, planChange } = this.bill.subscription;
    return plans[planChange !== undefined && monthsAgo < planChange.monthsAgo ? planChange.plan : (plan ?? 'team')];
  }

  private seatsAt(monthsAgo: number): number {
    const { seats, growsEvery, startMonthsAgo } = this.bill.subscription;
    const growths = growsEvery === undefined ? 0 : Math.floor((startMonthsAgo - monthsAgo) / growsEvery);
    return seats + growths * Math.max(1, Math.round(seats / 12));
  }
}

/** Issues every invoice of a subscription up to the day given; answers those to be paid, oldest first. */
export const billSubscription = (bill: Bill): InvoiceTable[] => new Biller(bill).run();
