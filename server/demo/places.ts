/** Where a customer of the demo sits, and what follows from it for its invoices. */
export interface Place {
  street: string;
  city: string;
  state: string | null;
  zipCode: string;
  countryCode: string;
  country: string;
  currency: string;
  phone: string;
  /** Percent; null: no tax is charged there. */
  taxRate: string | null;
  taxNote?: string;
  taxCode?: string;
}

const reverseCharge = 'Reverse charge: VAT is to be accounted for by the recipient.';

const unitedStates = { countryCode: 'US', country: 'United States', currency: 'USD' };
const unitedKingdom = {
  countryCode: 'GB',
  country: 'United Kingdom',
  currency: 'GBP',
  taxRate: '20',
  taxCode: 'gb_vat',
  state: null,
};
const euro = { currency: 'EUR', taxRate: '0', taxNote: reverseCharge, taxCode: 'eu_vat', state: null };
const germany = { ...euro, countryCode: 'DE', country: 'Germany' };

export const places = {
  newYork: {
    ...unitedStates,
    street: 'West 26th Street',
    city: 'New York',
    state: 'NY',
    zipCode: '10001',
    phone: '+1 212 555 01',
    taxRate: '8.875',
  },
  austin: {
    ...unitedStates,
    street: 'Congress Avenue',
    city: 'Austin',
    state: 'TX',
    zipCode: '78701',
    phone: '+1 512 555 01',
    taxRate: '8.25',
  },
  seattle: {
    ...unitedStates,
    street: 'Pine Street',
    city: 'Seattle',
    state: 'WA',
    zipCode: '98101',
    phone: '+1 206 555 01',
    taxRate: '10.35',
  },
  denver: {
    ...unitedStates,
    street: 'Larimer Street',
    city: 'Denver',
    state: 'CO',
    zipCode: '80202',
    phone: '+1 303 555 01',
    taxRate: null,
  },
  portland: {
    ...unitedStates,
    street: 'Alder Street',
    city: 'Portland',
    state: 'OR',
    zipCode: '97205',
    phone: '+1 503 555 01',
    taxRate: null,
  },
  toronto: {
    street: 'King Street West',
    city: 'Toronto',
    state: 'ON',
    zipCode: 'M5V 1M9',
    countryCode: 'CA',
    country: 'Canada',
    currency: 'CAD',
    phone: '+1 416 555 01',
    taxRate: '13',
    taxCode: 'ca_gst_hst',
  },
  london: {
    ...unitedKingdom,
    street: 'Clerkenwell Road',
    city: 'London',
    zipCode: 'EC1M 5PQ',
    phone: '+44 20 7946 01',
  },
  leeds: { ...unitedKingdom, street: 'Wellington Street', city: 'Leeds', zipCode: 'LS1 4DL', phone: '+44 113 496 01' },
  berlin: { ...germany, street: 'Torstraße', city: 'Berlin', zipCode: '10119', phone: '+49 30 23125 1' },
  munich: { ...germany, street: 'Sendlinger Straße', city: 'München', zipCode: '80331', phone: '+49 89 99998 1' },
  paris: {
    ...euro,
    countryCode: 'FR',
    country: 'France',
    street: 'Rue du Sentier',
    city: 'Paris',
    zipCode: '75002',
    phone: '+33 1 99 00 01 ',
  },
  amsterdam: {
    ...euro,
    countryCode: 'NL',
    country: 'Netherlands',
    street: 'Herengracht',
    city: 'Amsterdam',
    zipCode: '1017 BZ',
    phone: '+31 20 555 01',
  },
  dublin: {
    ...euro,
    countryCode: 'IE',
    country: 'Ireland',
    street: 'Dawson Street',
    city: 'Dublin',
    zipCode: 'D02 W274',
    phone: '+353 1 555 01',
  },
  copenhagen: {
    ...euro,
    countryCode: 'DK',
    country: 'Denmark',
    currency: 'DKK',
    street: 'Gothersgade',
    city: 'København',
    zipCode: '1123',
    phone: '+45 32 55 01 ',
  },
  stockholm: {
    ...euro,
    countryCode: 'SE',
    country: 'Sweden',
    currency: 'SEK',
    street: 'Götgatan',
    city: 'Stockholm',
    zipCode: '116 21',
    phone: '+46 8 465 001 ',
  },
  tokyo: {
    street: '丸の内',
    city: '千代田区',
    state: '東京都',
    zipCode: '100-0005',
    countryCode: 'JP',
    country: 'Japan',
    currency: 'JPY',
    phone: '+81 3 5550 01',
    taxRate: '10',
    taxCode: 'jp_trn',
  },
  kuwait: {
    street: 'Al-Soor Street',
    city: 'Kuwait City',
    state: null,
    zipCode: '13001',
    countryCode: 'KW',
    country: 'Kuwait',
    currency: 'KWD',
    phone: '+965 2255 01',
    taxRate: null,
  },
  dubai: {
    street: 'شارع الشيخ زايد',
    city: 'دبي',
    state: null,
    zipCode: '00000',
    countryCode: 'AE',
    country: 'United Arab Emirates',
    currency: 'AED',
    phone: '+971 4 555 01',
    taxRate: '5',
    taxCode: 'ae_trn',
  },
  bengaluru: {
    street: 'Residency Road',
    city: 'Bengaluru',
    state: 'KA',
    zipCode: '560025',
    countryCode: 'IN',
    country: 'India',
    currency: 'INR',
    phone: '+91 80 5550 01',
    taxRate: '18',
    taxCode: 'in_gst',
  },
  sydney: {
    street: 'Kent Street',
    city: 'Sydney',
    state: 'NSW',
    zipCode: '2000',
    countryCode: 'AU',
    country: 'Australia',
    currency: 'AUD',
    phone: '+61 2 5550 01',
    taxRate: '10',
    taxCode: 'au_abn',
  },
} as const satisfies Record<string, Place>;
export type PlaceKey = keyof typeof places;
