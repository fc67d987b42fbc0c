import type { Condition } from '#contract/filters.ts';
import type { BillingMoment, Day } from '#contract/primitives.ts';

const dayMs = 86_400_000;
const firstMs = Date.parse('0001-01-01T00:00:00.000Z');
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
};

/** What the wall clock shows at a moment, as if it were UTC. */
const wallClock = (epochMs: number, timeZone: string): number => {
  if (timeZone === 'UTC') {
    return epochMs;
  }
  const part: Record<string, string> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(epochMs)) {
    part[type] = value;
  }
  const date = `${part['year']?.padStart(4, '0')}-${part['month']}-${part['day']}`;
  return Date.parse(`${date}T${part['hour']}:${part['minute']}:${part['second']}Z`);
};

const dayNumber = (epochMs: number, timeZone: string): number => Math.floor(wallClock(epochMs, timeZone) / dayMs);

/**
 * The first moment of a day. Where the clocks skip midnight, that is the moment of the change; where they show midnight
 * twice, it is the earlier one.
 */
const startOf = (day: number, timeZone: string): number => {
  const utcMidnight = day * dayMs;
  const isAtEndOfCalendar = utcMidnight - 2 * dayMs < firstMs || utcMidnight + 2 * dayMs > lastMs;
  if (timeZone === 'UTC' || isAtEndOfCalendar) {
    return utcMidnight;
  }
  const candidates = [utcMidnight - dayMs, utcMidnight + dayMs]
    .map((around) => utcMidnight - (wallClock(around, timeZone) - around))
    .sort((a, b) => a - b);
  const midnight = candidates.find((candidate) => wallClock(candidate, timeZone) === utcMidnight);
  if (midnight !== undefined) {
    return midnight;
  }
  let before = utcMidnight - dayMs;
  let inside = utcMidnight + dayMs;
  while (inside - before > 1) {
    const middle = Math.floor((before + inside) / 2);
    if (dayNumber(middle, timeZone) < day) {
      before = middle;
    } else {
      inside = middle;
    }
  }
  return inside;
};

const stored = (epochMs: number): string => new Date(Math.min(Math.max(epochMs, firstMs), lastMs)).toISOString();

interface BillingDay {
  fromMs: number;
  beforeMs: number;
  start: string;
}

/** The day that was asked for last in each time zone: it is the same one all day long. */
const lastDays = new Map<string, BillingDay>();

/** The first moment of the day that `epochMs` lies in, as it is stored. What was due before it is overdue. */
export const startOfBillingDay = (epochMs: number, timeZone: string): string => {
  let day = lastDays.get(timeZone);
  if (day === undefined || epochMs < day.fromMs || epochMs >= day.beforeMs) {
    const number = dayNumber(epochMs, timeZone);
    const fromMs = startOf(number, timeZone);
    day = { fromMs, beforeMs: startOf(number + 1, timeZone), start: stored(fromMs) };
    lastDays.set(timeZone, day);
  }
  return day.start;
};

/** How many midnights lie between two moments. */
export const billingDaysBetween = (earlier: string, laterMs: number, timeZone: string): number =>
  dayNumber(laterMs, timeZone) - dayNumber(Date.parse(earlier), timeZone);

/** The day that a moment lies in: `2026-11-23`. */
export const billingDay = (epochMs: number, timeZone: string): string =>
  new Date(wallClock(epochMs, timeZone)).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** The same of a moment as it is stored. */
export const billingDayOf = (moment: string, timeZone: string): string =>
  timeZone === 'UTC' ? moment.slice(0, 'YYYY-MM-DD'.length) : billingDay(Date.parse(moment), timeZone);

const isDay = (text: string): boolean => text.length === 'YYYY-MM-DD'.length;

const dayNumberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;

/** The lower end of a range, inclusive: a whole day (`2026-11-23`) begins with its first moment. */
export const rangeStart = (bound: string, timeZone: string): string =>
  stored(isDay(bound) ? startOf(dayNumberOf(bound), timeZone) : Date.parse(bound));

/** The upper end of an inclusive range as the first moment after it: a whole day ends where the next one begins. */
export const rangeEndExclusive = (bound: string, timeZone: string): string =>
  stored(isDay(bound) ? startOf(dayNumberOf(bound) + 1, timeZone) : Date.parse(bound) + 1);

/** Some tens of thousands of records name a few hundred days between them; working one out takes 10 microseconds. */
const rememberedDays = 1_000;

const firstMoments = new Map<string, string>();

const firstMomentOf = ({ day }: Day, timeZone: string): string => {
  const key = `${day} ${timeZone}`;
  let moment = firstMoments.get(key);
  if (moment === undefined) {
    moment = rangeStart(day, timeZone);
    if (firstMoments.size >= rememberedDays) {
      firstMoments.clear();
    }
    firstMoments.set(key, moment);
  }
  return moment;
};

/** A moment of a request as it is stored: a bare day begins when it does in the time zone. */
export const momentIn = (moment: BillingMoment, timeZone: string): string =>
  typeof moment === 'string' ? moment : firstMomentOf(moment, timeZone);

/** A filter with moments in the place of its day, which is the whole of it in the time zone. */
export const conditionsIn = ({ field, operator, value }: Condition, timeZone: string): Condition[] => {
  if (typeof value !== 'object' || Array.isArray(value)) {
    return [{ field, operator, value }];
  }
  const start = rangeStart(value.day, timeZone);
  const end = rangeEndExclusive(value.day, timeZone);
  switch (operator) {
    case 'gt':
      return [{ field, operator: 'gte', value: end }];
    case 'lte':
      return [{ field, operator: 'lt', value: end }];
    case 'eq':
      return [
        { field, operator: 'gte', value: start },
        { field, operator: 'lt', value: end },
      ];
    default:
      return [{ field, operator, value: start }];
  }
};
