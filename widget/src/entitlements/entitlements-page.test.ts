import type { PortalEntitlementList, PortalEntitlementsQuery } from '#contract/entitlements.ts';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { entitlement, entitlementList, entitlements } from '../testing/entitlement-fixtures.ts';
import { failure } from '../testing/failure.ts';
import { find, findAll, nextEvent, stage } from '../testing/stage.ts';
import { viewContext } from '../testing/view-context.ts';
import './define.ts';
import type { ZkEntitlementsPage } from './entitlements-page.ts';

type Answer = (query: Partial<PortalEntitlementsQuery>) => Promise<PortalEntitlementList>;

async function entitlementsPage(
  answer: Answer,
  { width = 1000, theme = 'light' } = {},
): Promise<{ page: ZkEntitlementsPage; host: HTMLElement }> {
  const { root, host } = await stage(
    html`<zk-entitlements-page .ctx=${viewContext()} .api=${{ listEntitlements: answer }}></zk-entitlements-page>`,
    { width, theme },
  );
  const page = find<ZkEntitlementsPage>(root, 'zk-entitlements-page');
  await new Promise((resolve) => setTimeout(resolve));
  await page.updateComplete;
  return { page, host };
}

const answerAll: Answer = () => Promise.resolve(entitlementList(entitlements));

const row = (page: ZkEntitlementsPage, name: string): HTMLElement => {
  const found = findAll(page, 'li').find((item) => item.querySelector('h3')?.textContent === name);
  if (!found) throw new Error(`No entitlement ${name}`);
  return found;
};
const text = (element: HTMLElement): string => element.innerText.replace(/\s+/g, ' ').trim();

describe('zk-entitlements-page', () => {
  for (const [name, expected] of [
    ['API calls', '40,000 of 100,000 calls used 60,000 left Renews on 1 Dec 2026'],
    ['Build minutes', '1,275.5 of 1,500 minutes used 224.5 left Close to the limit Renews on 1 Dec 2026'],
    ['Message credits', '500 of 500 credits used 0 left Limit reached Expires on 1 Jan 2027'],
    ['Storage', '812.25 GB used Unlimited Renews on 1 Dec 2026'],
    ['Seats', '0 of 50 used 50 left'],
    ['Support hours', 'Starts on 1 Jan 2027'],
  ] as const) {
    it(`says of ${name}: ${expected}`, async () => {
      const { page } = await entitlementsPage(answerAll);
      expect(text(row(page, name))).to.contain(expected);
    });
  }

  it('reads a feature as included or not', async () => {
    const { page } = await entitlementsPage(answerAll);
    expect(text(row(page, 'Single sign-on'))).to.match(/ Included$/);
    expect(text(row(page, 'Audit log export'))).to.match(/ Not included$/);
  });

  it('names what granted it', async () => {
    const { page } = await entitlementsPage(answerAll);
    expect(text(row(page, 'Build minutes'))).to.contain('Granted by Team plan 2026, CI add-on');
    expect(text(row(page, 'Message credits'))).to.contain('Granted by INV-2026-0042');
  });

  it('says its meter in words', async () => {
    const { page } = await entitlementsPage(answerAll);
    const meter = row(page, 'Build minutes').querySelector('[role=meter]');
    expect(meter?.getAttribute('aria-valuetext')).to.equal('1,275.5 of 1,500 minutes used, 224.5 left');
  });

  it('folds the expired ones away and remembers that they were unfolded', async () => {
    const { page, host } = await entitlementsPage(answerAll);
    expect(row(page, 'Launch credits').checkVisibility()).to.equal(false);
    const moved = nextEvent(page, 'zk-state-change');
    find(page, 'summary').click();
    await moved;
    expect(page.state).to.deep.equal({ isExpiredOpen: true });
    expect(text(row(page, 'Launch credits'))).to.contain('Expired on 1 Jun 2026');
    await expect(host).to.be.accessible();
  });

  it('gathers all pages', async () => {
    const { page } = await entitlementsPage(({ cursor }) =>
      Promise.resolve(
        cursor === 'second'
          ? entitlementList([entitlement('Two')])
          : entitlementList([entitlement('One')], { next: 'second' }),
      ),
    );
    expect(findAll(page, 'h3').map(({ textContent }) => textContent)).to.deep.equal(['One', 'Two']);
  });

  for (const [state, answer] of [
    ['complete', answerAll],
    ['pending', () => new Promise<never>(() => undefined)],
    ['empty', () => Promise.resolve(entitlementList([]))],
    ['failed', () => Promise.reject(failure())],
  ] as const) {
    for (const [width, theme] of [
      [1000, 'light'],
      [1000, 'dark'],
      [320, 'light'],
    ] as const) {
      it(`is accessible and needs no sideways scrolling when ${state}, ${theme} at ${width} px`, async () => {
        const { host } = await entitlementsPage(answer, { width, theme });
        expect(host.scrollWidth).to.be.at.most(width);
        await expect(host).to.be.accessible();
      });
    }
  }
});
