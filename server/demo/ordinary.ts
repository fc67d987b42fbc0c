import type { Character } from './characters/character.ts';
import { included } from './characters/included.ts';
import type { Grant } from './entitlements.ts';
import { ach, card, check, directDebit, transfer } from './means.ts';
import { places } from './places.ts';
import type { PlaceKey } from './places.ts';
import { Random } from './random.ts';
import type { Habit } from './settlement.ts';
import type { PlanKey, MeterKey } from './catalogue.ts';

const names: Record<Exclude<PlaceKey, 'kuwait' | 'dubai' | 'tokyo'>, readonly string[]> = {
  newYork: ['Alder & Finch', 'Bowery Audio', 'Cedarline Insurance', 'Hudson Type Foundry', 'Lattice Health'],
  austin: ['Bluebonnet Robotics', 'Prairie Wind Energy', 'Sixth Street Games', 'Copperhead Security'],
  seattle: ['Cascade Freight', 'Orca Genomics', 'Rainier Outfitters', 'Puget Analytics'],
  denver: ['Front Range Dental', 'High Plains Seed Co.', 'Timberline Software'],
  portland: ['Fern Valley Coffee', 'Rosewater Ceramics', 'St. Johns Cycleworks'],
  toronto: ['Maple Grid Power', 'Lakeshore Legal', 'Northern Loom Textiles', 'Spadina Pictures'],
  london: ['Clerkenwell Clocks', 'Foxglove Publishing', 'Thameside Ventures', 'Wren & Daughters', 'Oyster Bay Capital'],
  leeds: ['Aire Valley Engineering', 'Broadleaf Estates'],
  berlin: ['Kiezwerk Software', 'Nordlicht Medien', 'Spreeblick Analytik'],
  munich: ['Alpenglück Reisen', 'Isartal Maschinenbau'],
  paris: ['Atelier Bonaparte', 'Cygne Noir Éditions', 'Lumière & Fils'],
  amsterdam: ['Grachtenhuis Design', 'Polder Data', 'Tulp Logistiek'],
  dublin: ['Claddagh Systems', 'Shannon Biotech'],
  copenhagen: ['Ørsted & Bæk', 'Nyhavn Studios'],
  stockholm: ['Björk Möbler', 'Skärgård Shipping', 'Vinterljus'],
  bengaluru: ['Banyan Tree Learning', 'Deccan Motors', 'Kaveri Textiles', 'Monsoon Labs'],
  sydney: ['Bondi Boards', 'Southern Cross Mapping', 'Waratah Foods'],
};

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll('ø', 'o')
    .replaceAll('Ø', 'O')
    .replaceAll('æ', 'ae')
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .trim()
    .replace(/ +/g, '-');

const digits = (random: Random): string => String(random.int(0, 9999)).padStart(4, '0');

const habitOf = (random: Random, place: PlaceKey): Habit => {
  const trouble = random.pick([0, 0.04, 0.08, 0.2]);
  const unpaid = random.pick([0, 0, 0, 0, 0, 0, 1, 2]);
  const isAmerican = places[place].countryCode === 'US';
  if (random.chance(0.5)) {
    const means = card(random.pick(['visa', 'mastercard', 'amex']), digits(random));
    return { means, when: 'at_once', trouble: trouble / 2, unpaid };
  }
  const bank = random.pick(['First Harbor Bank', 'Union Street Bank', 'Old Mill Bank', 'Crescent Commercial']);
  const means = isAmerican
    ? random.pick([ach(bank, digits(random)), check, transfer(bank)])
    : random.pick([transfer(bank), directDebit(bank, digits(random))]);
  return { means, when: 'when_due', trouble, unpaid, isBundling: random.chance(0.2) };
};

const grantsOf = (random: Random, plan: PlanKey): Grant[] => {
  const limits: Record<PlanKey, number> = { team: 10, business: 50, enterprise: 250 };
  const projects = limits[plan];
  const calls = projects * 20_000;
  return [
    ...included,
    { entitlement: 'projects', quantity: projects, used: random.int(1, projects), source: 'Contract' },
    { entitlement: 'apiCalls', quantity: calls, used: random.int(0, calls), isRenewing: true, source: 'Contract' },
  ];
};

const ordinary = (name: string, place: PlaceKey): Character => {
  const key = slugOf(name);
  const random = new Random(`ordinary/${key}`);
  const plan = random.pick(['team', 'team', 'business', 'business', 'enterprise'] as const);
  const startMonthsAgo = random.int(2, 38);
  const meters = random.pick<readonly MeterKey[]>([[], ['apiCalls'], ['compute', 'storage'], ['apiCalls', 'transfer']]);
  return {
    key,
    name,
    domain: `${key}.example`,
    place,
    hasShippingAddress: random.chance(0.2),
    subscriptions: [
      {
        subscription: {
          key: 'platform',
          name: `${plan.charAt(0).toUpperCase()}${plan.slice(1)} plan`,
          currency: places[place].currency,
          cadence: random.chance(0.2) ? 'annual' : 'monthly',
          plan,
          seats: random.int(3, 40),
          startMonthsAgo,
          ...(startMonthsAgo > 24 && random.chance(0.15) ? { endMonthsAgo: random.int(3, 12) } : {}),
          meters,
          usage: 0.1 + random.next(),
          growsEvery: random.int(4, 12),
          ...(random.chance(0.25) ? { introductoryPercent: '25' } : {}),
          hasSupport: random.chance(0.2),
          terms: random.pick([14, 30, 30, 45]),
          hasUpcoming: random.chance(0.3),
        },
        habit: habitOf(random, place),
      },
    ],
    grants: grantsOf(random, plan),
  };
};

/** The customers that make up the rest of the console's list. */
export const ordinaryCustomers: readonly Character[] = (Object.keys(names) as (keyof typeof names)[]).flatMap((place) =>
  names[place].map((name) => ordinary(name, place)),
);
