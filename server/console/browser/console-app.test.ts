import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import {
  console_,
  customerPath,
  demo,
  expectAccessible,
  findAll,
  json,
  focused,
  open,
  openLoggedIn,
  post,
  press,
  shown,
  textOf,
  type,
} from './testing/console-stage.ts';

describe('logging in', () => {
  it('asks for what is missing, at its field', async () => {
    await open('/console');
    await press('button[type=submit]');
    await shown('#email-problem', 'Enter your e-mail address');
    await shown('#password-problem');
    expect(focused()?.id).to.equal('email');
    expect(focused()?.getAttribute('aria-invalid')).to.equal('true');
    await expectAccessible();
  });

  it('says that the password is wrong, and selects it', async () => {
    await open('/console');
    await type('#email', demo.staff.email);
    await type('#password', 'wrong');
    await press('button[type=submit]');
    await shown('[role=alert]', 'The e-mail address or the password is wrong.');
    expect(focused()?.id).to.equal('password');
    await expectAccessible();
  });

  it('leads to the customers', async () => {
    await open('/console');
    expect((await shown('#password')).getAttribute('autocomplete')).to.equal('current-password');
    await type('#email', demo.staff.email);
    await type('#password', demo.staff.password);
    await press('button[type=submit]');
    await shown('h1', 'Customers');
    expect(location.pathname).to.equal('/console/customers');
    expect(document.title).to.equal('Customers – Northwind Cloud');
  });

  it('says when the server cannot be reached', async () => {
    await open('/console');
    await shown('#email');
    const { fetch: original } = window;
    window.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    await type('#email', demo.staff.email);
    await type('#password', 'x');
    await press('button[type=submit]');
    await shown('[role=alert]', 'could not be reached').finally(() => (window.fetch = original));
  });
});

describe('customers', () => {
  it('are found, opened by their row, and found again on the way back', async () => {
    await openLoggedIn('/console/customers');
    await type('input[type=search]', "o'hara");
    const row = await shown('tbody tr', "O'Hara & Søns");
    await waitUntil(() => findAll('tbody tr').length === 1);
    row.querySelector<HTMLElement>('td')?.click();
    await shown('h1', "O'Hara & Søns");
    expect(document.title).to.equal("O'Hara & Søns – Northwind Cloud");

    history.back();
    await shown('h1', 'Customers');
    expect(((await shown('input[type=search]')) as HTMLInputElement).value).to.equal("o'hara");
    await waitUntil(() => findAll('tbody tr').length === 1);

    await press('tbody a');
    await press('a.back');
    await shown('tbody tr', "O'Hara & Søns");
    expect(((await shown('input[type=search]')) as HTMLInputElement).value).to.equal("o'hara");
    await press('nav a', 'Customers');
    await shown('.range', '1–25');
    expect(((await shown('input[type=search]')) as HTMLInputElement).value).to.equal('');
  });

  it('that do not exist are said to match nothing, with a way out', async () => {
    await openLoggedIn('/console/customers');
    await type('input[type=search]', 'zzzz');
    await shown('.state', 'No customers match');
    await expectAccessible();
    await press('.state button', 'Clear filters');
    await shown('tbody tr');
  });

  it('are sorted and paged', async () => {
    await openLoggedIn('/console/customers');
    const first = textOf(await shown('tbody tr'));
    await press('[aria-label="Next page"]');
    await shown('.range', '26–50');
    await press('thead button', 'Last invoice');
    await shown('.range', '1–25');
    await shown('th[aria-sort=ascending]', 'Last invoice');
    await waitUntil(() => textOf(findAll('tbody tr')[0] as HTMLElement) !== first);
    await shown('table[aria-busy=false]');
  });

  it('give way to the activity and come back, each list with its own rows only', async () => {
    await openLoggedIn('/console/customers');
    await shown('tbody a.row');
    await press('nav a', 'Activity');
    await waitUntil(() => findAll('tbody a.row').length === 0 && findAll('tbody tr').length > 0);
    await press('nav a', 'Customers');
    expect(findAll('tbody time[title]').length).to.equal(0);
    await shown('tbody a.row');
  });

  it('could not be loaded: says so, with the request to quote, and tries again', async () => {
    await openLoggedIn('/console/embed');
    await shown('zk-snippet');
    const { fetch: original } = window;
    const body = { code: 'internal_error', message: 'No', request_id: 'req-7', retryable: false };
    window.fetch = () => Promise.resolve(new Response(JSON.stringify(body), { status: 500, headers: json }));
    await press('nav a', 'Customers');
    await shown('[role=alert]', 'req-7').finally(() => (window.fetch = original));
    await expectAccessible();
    await press('[role=alert] button', 'Try again');
    await shown('tbody tr');
  });
});

describe('a customer', () => {
  it('is a stranger when there is none', async () => {
    await openLoggedIn('/console/customers/019a3c5e-7d00-7a11-8c4e-000000000000');
    await shown('h1', 'There is no such customer');
    await expectAccessible();
  });

  it('keeps the tab in the address', async () => {
    await openLoggedIn(`${customerPath('Halvorsen & Pike')}#payments`);
    await shown('[role=tab][aria-selected=true]', 'Payments');
    await press('[role=tab]', 'Entitlements');
    expect(location.hash).to.equal('#entitlements');
  });

  it('shows the details of an invoice that a payment names', async () => {
    await openLoggedIn(`${customerPath('Halvorsen & Pike')}#payments`);
    await press('tbody .invoices button');
    await shown('dialog[open] h2', 'Invoice INV-');
    expect(location.hash).to.equal('#invoices');
  });

  it('has its portal opened in a new tab, led there from this page', async () => {
    await openLoggedIn(customerPath('Halvorsen & Pike'));
    const { open: original } = window;
    let tab: Window | null = null;
    window.open = (...args) => (tab = original.apply(window, args));
    try {
      await press('.menu-button[aria-label^="Actions"]');
      await press('[role=menuitem]', 'View Customer Portal');
      await shown('[role=status]', 'opened in a new tab');
      await waitUntil(() => tab?.location.pathname.startsWith('/session/') && tab.document.readyState === 'complete');
      expect(tab).to.have.nested.property('document.referrer', location.href);
      expect(tab).to.have.property('opener', null);
      expect(tab)
        .to.have.nested.property('location.pathname')
        .that.matches(/^\/session\//);
    } finally {
      window.open = original;
      (tab as Window | null)?.close();
    }
  });

  it('is told when the browser blocks the tab', async () => {
    await openLoggedIn(customerPath('Halvorsen & Pike'));
    const { open: original } = window;
    window.open = () => null;
    await press('.menu-button[aria-label^="Actions"]');
    await press('[role=menuitem]', 'View Customer Portal');
    await shown('[role=alert]', 'Allow pop-ups').finally(() => (window.open = original));
  });

  it('has its sessions revoked after a question, and says how many', async () => {
    await openLoggedIn(`${customerPath('Tidepool Labs')}#sessions`);
    await shown('.state', 'No sessions yet');
    await post(`customers/${demo.customers.find(({ name }) => name === 'Tidepool Labs')?.id}/portal_link`);

    (await shown('.menu-button[aria-label^="Actions"]')).focus();
    await sendKeys({ press: 'ArrowUp' });
    await waitUntil(() => focused()?.textContent?.trim() === 'Revoke sessions');
    await sendKeys({ press: 'Enter' });
    await shown('dialog[open] h2', 'Revoke the sessions of Tidepool Labs?');
    expect(focused()?.textContent).to.equal('Cancel');
    await expectAccessible();
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => findAll('dialog[open]').length === 0);

    await press('.menu-button[aria-label^="Actions"]');
    await press('[role=menuitem]', 'Revoke sessions');
    await press('dialog[open] .danger');
    await shown('[role=status]', '1 session was ended.');
    await shown('tbody tr', 'Ended');
    await expectAccessible();
  });
});

describe('the session', () => {
  it('ends while somebody is at work, who logs in and goes on there', async () => {
    await openLoggedIn(`${customerPath('Halvorsen & Pike')}#invoices`);
    await shown('tbody tr');
    await post('logout');
    await press('[role=tab]', 'Payments');
    await shown('[role=status]', 'Your session has ended');
    await expectAccessible();
    await type('#password', demo.staff.password);
    await press('button[type=submit]');
    await shown('tbody tr', 'Payment for');
    expect(location.hash).to.equal('#payments');
  });

  it('ends before an action, which is then not done by itself', async () => {
    await openLoggedIn(`${customerPath("O'Hara & Søns")}#sessions`);
    await shown('.state', 'No sessions yet');
    await post('logout');
    await press('.menu-button[aria-label^="Actions"]');
    await press('[role=menuitem]', 'Copy portal link');
    await type('#password', demo.staff.password);
    await press('button[type=submit]');
    await shown('[role=status]', 'try once more');
    await shown('.state', 'No sessions yet');
  });

  it('is left by signing out, and nothing of it stays', async () => {
    await openLoggedIn('/console/customers');
    await shown('tbody tr');
    await press('.who button', 'Sign out');
    await shown('h1', 'Log in to the console');
    expect(findAll('tbody tr')).to.have.length(0);
    expect((await fetch('/console/api/me')).status).to.equal(401);
  });
});

describe('every page', () => {
  const pages: [path: () => string, settled: string][] = [
    [() => '/console/customers', 'tbody tr'],
    [() => customerPath('Meridian Logistics Group'), 'tbody tr'],
    [() => `${customerPath('Meridian Logistics Group')}#payments`, 'tbody tr'],
    [() => `${customerPath('Meridian Logistics Group')}#entitlements`, '[role=meter]'],
    [() => customerPath('Tidepool Labs'), '.state'],
    [() => '/console/embed', 'zk-snippet'],
    [() => '/console/api-keys', 'tbody tr'],
    [() => '/console/activity', 'tbody tr'],
    [() => '/console/nothing', 'h1'],
  ];

  for (const [path, settled] of pages) {
    it(`is accessible in light and dark: ${path.toString().slice(6)}`, async () => {
      for (const theme of ['light', 'dark']) {
        await openLoggedIn(path(), { theme });
        await shown(settled);
        await expectAccessible();
        console_.remove();
      }
    });

    it(`fits into 320 px: ${path.toString().slice(6)}`, async () => {
      await setViewport({ width: 320, height: 640 });
      await openLoggedIn(path());
      await shown(settled);
      expect(document.documentElement.scrollWidth).to.be.at.most(320);
      await shown('.bar zk-menu');
    });
  }
});
