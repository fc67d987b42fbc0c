import { expect } from '@open-wc/testing';
import { find, findAll, stage } from '../../testing/stage.ts';
import { failure } from '../../testing/failure.ts';
import { viewContext } from '../../testing/view-context.ts';
import { emptyState, errorState, failureOf, noMatchState, sectionOffState } from './states.ts';

const { localizer } = viewContext();
const nothingToDo = (): void => undefined;

describe('errorState', () => {
  it('says what happened, quotes the request and tries again', async () => {
    let retries = 0;
    const { root, host } = await stage(errorState({ localizer, failure: failure(), retry: () => retries++ }));
    expect(find(root, '[role=alert]').innerText).to.contain('request req_4f8a21c09d');
    find(root, 'button').click();
    expect(retries).to.equal(1);
    await expect(host).to.be.accessible();
  });

  for (const [code, expected] of [
    ['offline', 'You are offline'],
    ['network_error', 'No answer came'],
    ['rate_limited', 'Too many requests'],
    ['scope_insufficient', 'switched off for your account'],
    ['invoice_not_found', 'does not exist'],
    ['internal_error', 'on our side'],
  ] as const) {
    it(`explains ${code}`, async () => {
      const { root } = await stage(errorState({ localizer, failure: failure(code), retry: nothingToDo }));
      expect(find(root, '.state').innerText).to.contain(expected);
    });
  }

  it('quotes no request when none was made', async () => {
    const { root } = await stage(errorState({ localizer, failure: failureOf(new TypeError('x')), retry: nothingToDo }));
    expect(findAll(root, '.note')).to.deep.equal([]);
  });
});

describe('the other states', () => {
  it('say what will appear, that nothing matches, or that the section is off, accessibly', async () => {
    let cleared = 0;
    const states = [
      emptyState({ title: 'No invoices yet', text: 'They will appear here.' }),
      noMatchState({ title: 'No match', text: 'Try again.', clear: { label: 'Clear', handle: () => cleared++ } }),
      sectionOffState(localizer),
    ];
    for (const theme of ['light', 'dark']) {
      for (const state of states) {
        const { host } = await stage(state, { theme, width: 320 });
        await expect(host).to.be.accessible();
      }
    }
    const { root } = await stage(states[1] ?? sectionOffState(localizer));
    find(root, 'button').click();
    expect(cleared).to.equal(1);
  });
});
