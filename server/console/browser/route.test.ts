import { expect } from '@open-wc/testing';
import { customerPath, routeOf } from './route.ts';

describe('the page of an address', () => {
  for (const [path, page] of [
    ['/console', 'customers'],
    ['/console/', 'customers'],
    ['/console/customers', 'customers'],
    ['/console/branding', 'branding'],
    ['/console/embed', 'embed'],
    ['/console/api-keys', 'api-keys'],
    ['/console/activity', 'activity'],
    ['/console/nothing', 'unknown'],
    ['/console/embed/7', 'unknown'],
    ['/console/customers/7/8', 'unknown'],
  ] as const) {
    it(`${path} shows ${page}`, () => {
      expect(routeOf(path).page).to.equal(page);
    });
  }

  it('names the customer', () => {
    expect(routeOf(customerPath('a-1'))).to.deep.equal({ page: 'customer', customerId: 'a-1' });
  });
});
