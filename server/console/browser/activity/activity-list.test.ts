import { expect, waitUntil } from '@open-wc/testing';
import {
  customerPath,
  demo,
  expectAccessible,
  findAll,
  isShown,
  openLoggedIn,
  post,
  press,
  shown,
  textOf,
  type,
} from '../testing/console-stage.ts';

describe('the activity', () => {
  const texts = (selector: string): string[] => findAll(selector).filter(isShown).map(textOf);

  it('says who did what, and unfolds what was written down of it', async () => {
    await openLoggedIn('/console/activity');
    await press('summary', 'Logged in to the console');
    const details = await shown('details[open] dl', 'Request ID');
    expect(textOf(details)).to.contain('staff.logged_in');
    await expectAccessible();
  });

  it('is narrowed to what it is about, and to who did it', async () => {
    await openLoggedIn('/console/activity');
    await post(`customers/${demo.customers[0]?.id}/portal_link`);
    await shown('summary', 'Logged in to the console');
    await press('button.opener', 'About');
    await press('label', 'Portal sessions');
    await waitUntil(() => texts('summary').length > 0 && !texts('summary').some((text) => text.startsWith('Logged')));
    await shown('summary', 'Made a portal link');
    await press('button.clear', 'Clear filters');
    await shown('summary', 'Logged in to the console');
    await type('input[type=search]', 'nobody of this name');
    await shown('.state', 'No entries match');
    await press('.state button', 'Clear filters');
    await shown('tbody tr');
  });

  it('folds what was unfolded when other rows take the place', async () => {
    await openLoggedIn('/console/activity');
    await press('summary', 'Logged in to the console');
    await shown('details[open]');
    await press('thead button', 'When');
    await shown('th[aria-sort=ascending]');
    await shown('tbody tr:first-child summary', 'Created the organisation');
    expect(findAll('tbody tr:first-child details[open]')).to.have.length(0);
  });

  it('of one customer is beside its records', async () => {
    const { id } = demo.customers.find(({ name }) => name === 'Meridian Logistics Group') ?? {};
    await openLoggedIn(`${customerPath('Meridian Logistics Group')}#invoices`);
    await post(`customers/${id}/portal_link`);
    await press('[role=tab]', 'Activity');
    await shown('tbody summary', 'Made a portal link');
    expect(texts('thead th')).to.deep.equal(['When', 'Who', 'What']);
    expect(texts('tbody summary').some((text) => text.startsWith('Logged in'))).to.equal(false);
  });
});
