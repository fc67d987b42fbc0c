import { expect } from '@open-wc/testing';
import { createLocalizer } from './localize.ts';

describe('createLocalizer', () => {
  it('fills placeholders and writes numbers as the locale does', () => {
    const { t } = createLocalizer('de');
    expect(t('pager.range', { first: 1, last: 25, total: 3120 })).to.equal('1–25 of 3.120');
  });

  it('chooses the plural category of the locale', () => {
    const translations = { 'invoices.count': { one: '{count} счёт', few: '{count} счёта', other: '{count} счетов' } };
    const { t } = createLocalizer('ru', { translations });
    expect([1, 2, 5, 21].map((count) => t('invoices.count', { count }))).to.deep.equal([
      '1 счёт',
      '2 счёта',
      '5 счетов',
      '21 счёт',
    ]);
  });

  it('falls back from override to translation to English, never to a key', () => {
    const { t } = createLocalizer('es', {
      translations: { 'invoices.title': 'Facturas', 'invoices.status': 'Estado' },
      overrides: { 'invoices.title': 'Recibos' },
    });
    expect([t('invoices.title'), t('invoices.status'), t('invoices.due_date')]).to.deep.equal([
      'Recibos',
      'Estado',
      'Due date',
    ]);
  });

  it('serves a section that was loaded later, with the same overrides', () => {
    const section = { 'letters.title': 'Letters', 'letters.from': 'From {name}' } as const;
    const localizer = createLocalizer('en', { overrides: { 'letters.title': 'Post' } });
    const t = localizer.in(section);
    expect([t('letters.title'), t('letters.from', { name: 'Ada' })]).to.deep.equal(['Post', 'From Ada']);
    expect(localizer.in(section)).to.equal(t);
  });
});
