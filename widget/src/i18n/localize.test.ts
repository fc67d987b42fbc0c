import { expect } from '@open-wc/testing';
import { textsOf } from './catalogues.ts';
import type { PortalTranslation } from './catalogues.ts';
import { createLocalizer } from './localize.ts';
import type { Catalogue, Texts } from './localize.ts';
import { messages } from './messages.en.ts';

const textsWith = (translation: Catalogue): Texts => textsOf([messages], { ...messages, ...translation });

describe('createLocalizer', () => {
  it('fills placeholders and writes numbers as the locale does', () => {
    const { t } = createLocalizer('de');
    expect(t('pager.range', { first: 1, last: 25, total: 3120 })).to.equal('1–25 of 3.120');
  });

  it('chooses the plural category of the locale', () => {
    const counted = { one: '{count} счёт', few: '{count} счёта', other: '{count} счетов' };
    const { t } = createLocalizer('ru', { texts: textsWith({ 'invoices.count': counted }) });
    expect([1, 2, 5, 21].map((count) => t('invoices.count', { count }))).to.deep.equal([
      '1 счёт',
      '2 счёта',
      '5 счетов',
      '21 счёт',
    ]);
  });

  it('falls back from the merchant to the language to English, never to a key', () => {
    const { t } = createLocalizer('es', {
      texts: {
        'action.clear_filters':
          textsWith({ 'invoices.title': 'Facturas', 'invoices.status': 'Estado' })['action.clear_filters']?.slice(
            0,
            -7,
          ) ?? [],
      },
      overrides: { 'invoices.title': 'Recibos' },
    });
    expect([t('invoices.title'), t('invoices.status'), t('invoices.no_match')]).to.deep.equal([
      'Recibos',
      'Estado',
      'No invoices match',
    ]);
  });

  it('passes over what a merchant has written that cannot be used', () => {
    const broken = [null, 7, {}, [], { one: 'x' }, { other: 7 }, { other: 'by {who}' }, 'after {days} days', () => 'x'];
    for (const override of broken) {
      const { t } = createLocalizer('en', { overrides: { 'invoices.overdue': override } as unknown as Catalogue });
      expect(t('invoices.overdue', { count: 2 }), JSON.stringify(override)).to.equal('Overdue by 2 days');
    }
    for (const overrides of [null, 'text', 7, [], true]) {
      const { t } = createLocalizer('en', { overrides: overrides as unknown as Catalogue });
      expect(t('invoices.title')).to.equal('Invoices');
    }
  });

  it('does not compile with a key that nobody knows, or without one that the portal has', () => {
    const { t } = createLocalizer('en');
    // @ts-expect-error There is no such key.
    expect(t('invoices.titel')).to.equal('');
    // @ts-expect-error The texts of every other key are missing.
    const incomplete: PortalTranslation = { 'invoices.title': 'Rechnungen' };
    expect(incomplete).to.exist;
  });

  it('says nothing while the texts are on their way', () => {
    const { t } = createLocalizer('de', { texts: null, overrides: { 'invoices.title': 'Bills' } });
    expect(t('invoices.title')).to.equal('');
  });

  it('keeps a name in its own direction among words from right to left', () => {
    const { t, direction } = createLocalizer('ar', { overrides: { 'state.request_id': 'الطلب {id}.' } });
    expect([t('state.request_id', { id: 'req_1.' }), direction]).to.deep.equal(['الطلب \u2068req_1.\u2069.', 'rtl']);
  });

  it('serves a section that was loaded later, with the same overrides', () => {
    const section = { 'letters.title': 'Letters', 'letters.from': 'From {name}' } as const;
    const localizer = createLocalizer('en', { overrides: { 'letters.title': 'Post' } });
    const t = localizer.in(section);
    expect([t('letters.title'), t('letters.from', { name: 'Ada' })]).to.deep.equal(['Post', 'From Ada']);
    expect(localizer.in(section)).to.equal(t);
  });
});
