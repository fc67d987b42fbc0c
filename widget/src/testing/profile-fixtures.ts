import type { Profile } from '#contract/profile.ts';
import type { VersionedProfile } from '../api/portal-api.ts';
import { profile } from './wire.ts';

export const versioned = (part: Partial<Profile> = {}, etag = '"1"'): VersionedProfile => ({
  profile: { ...profile, ...part },
  etag,
});

/** A profile with every field filled in. */
export const fullProfile: Partial<Profile> = {
  phone_number: '+44 20 7946 0958',
  address: {
    line1: '1 Harbour Road',
    line2: 'Unit 7',
    line3: 'East India Dock',
    city: 'London',
    state: 'Greater London',
    zipCode: 'E1 6AN',
    country: 'United Kingdom',
    country_code: 'GB',
  },
  ship_to_address: {
    line1: '88 Quayside',
    line2: null,
    line3: null,
    city: 'Dublin',
    state: null,
    zipCode: 'D02 VK60',
    country: 'Ireland',
    country_code: 'IE',
  },
  tax_info: [
    { country_code: 'GB', tax_code: 'gb_vat', tax_id: 'GB123456789' },
    { country_code: 'IE', tax_code: 'eu_vat', tax_id: 'IE6388047V' },
  ],
};
