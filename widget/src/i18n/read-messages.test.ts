import { expect } from '@open-wc/testing';
import { readMessages } from './read-messages.ts';

describe('readMessages', () => {
  it('takes texts and counted texts of the portal', () => {
    const value = {
      'invoices.title': 'Bills',
      'profile.problems': { one: 'One thing', other: '{count} things' },
      'invoices.count': '{count} bills',
      'payments.payment_for': 'For {invoices}',
    };
    expect(readMessages(value)).to.deep.equal({ messages: value, problem: null });
    expect(readMessages({})).to.deep.equal({ messages: {}, problem: null });
  });

  for (const value of ['Bills', 7, null, undefined, true, ['invoices.title'], () => ({})]) {
    it(`refuses ${JSON.stringify(value) ?? String(value)} as a whole`, () => {
      const { messages, problem } = readMessages(value);
      expect(messages).to.deep.equal({});
      expect(problem).to.equal('messages: expected an object of texts by their key');
    });
  }

  for (const [key, message, problem] of [
    ['invoices.titel', 'Bills', 'there is no such key'],
    ['constructor', 'Bills', 'there is no such key'],
    ['invoices.title', 7, 'expected a text, or a text for each plural category'],
    ['invoices.title', null, 'expected a text, or a text for each plural category'],
    ['invoices.title', { other: 'Bills' }, 'this text has no count'],
    ['invoices.count', { one: 'A bill' }, 'expected texts, one of them for the plural category "other"'],
    ['invoices.count', { one: 1, other: 'Bills' }, 'expected texts, one of them for the plural category "other"'],
    ['invoices.count', { some: 'A', other: 'Bills' }, '"some" is no plural category'],
    ['invoices.count', { one: 'A {bill}', other: 'Bills' }, 'there is no {bill}, only {count}'],
    ['invoices.title', 'Bills of {name}', 'there is no {name}'],
  ] as const) {
    it(`leaves out ${key} as ${JSON.stringify(message)} and keeps the rest`, () => {
      expect(readMessages({ [key]: message, 'payments.title': 'Money' })).to.deep.equal({
        messages: { 'payments.title': 'Money' },
        problem: `messages: ${key}: ${problem}`,
      });
    });
  }
});
