import { expect } from '@open-wc/testing';
import { countryName, listCountries } from './countries.ts';

describe('countries', () => {
  it('are those of ISO 3166-1, without unions, reserved codes and those that have been given up', () => {
    const codes = listCountries('en').map(({ code }) => code);
    expect(codes).to.have.length(249);
    expect(codes).to.include.members(['AX', 'BQ', 'GB', 'SS', 'TL', 'UM', 'ZW']);
    expect(codes).not.to.include.members(['EU', 'XK', 'AC', 'SU', 'UK', 'AN', 'ZZ']);
  });

  it('stand in the order of the language', () => {
    const names = listCountries('de').map(({ name }) => name);
    expect(names.slice(0, 3)).to.deep.equal(['Afghanistan', 'Ägypten', 'Ålandinseln']);
  });

  it('have a name each; a code that is none stays as it is', () => {
    expect(countryName('DE', 'fr')).to.equal('Allemagne');
    expect(countryName('?', 'fr')).to.equal('?');
  });
});
