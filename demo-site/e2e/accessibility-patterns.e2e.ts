import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { shows, test } from './accessibility/accessible-test.ts';
import { show } from './accessibility/gallery.ts';
import { focused } from './accessibility/keyboard.ts';

// What the ARIA Authoring Practices ask of each pattern, a table each, in the elements as they are shipped.

test.use({ viewport: { width: 1120, height: 900 } });

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name });

test('tabs', shows('2.1.1', '2.4.3', '4.1.2'), async ({ page }) => {
  for (const [dir, key, from, to] of [
    ['ltr', 'ArrowRight', 'Invoices', 'Payments'],
    ['ltr', 'ArrowRight', 'Entitlements', 'Invoices'],
    ['ltr', 'ArrowLeft', 'Invoices', 'Entitlements'],
    ['ltr', 'Home', 'Payments', 'Invoices'],
    ['ltr', 'End', 'Invoices', 'Entitlements'],
    ['ltr', 'ArrowDown', 'Invoices', 'Invoices'],
    ['ltr', 'a', 'Invoices', 'Invoices'],
  ] as const) {
    if (page.url() === 'about:blank') await show(page, { state: 'portal', dir });
    await tab(page, from).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press(key);
    await expect(tab(page, to), `${key} from ${from}`).toBeFocused();
    await expect(tab(page, to)).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tabpanel', { name: to })).toBeVisible();
    await expect(page.getByRole('tabpanel')).toHaveCount(1);
    await expect(page.locator('[role=tab][tabindex="0"]')).toHaveCount(1);
    expect(await tab(page, to).getAttribute('aria-controls')).toBe(await page.getByRole('tabpanel').getAttribute('id'));
  }
  await tab(page, 'Invoices').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('tabpanel', { name: 'Invoices' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(tab(page, 'Invoices')).toBeFocused();
});

test('menu button', shows('2.1.1', '2.1.2', '2.1.4', '2.4.3', '4.1.2'), async ({ page }) => {
  await show(page, { state: 'invoices' });
  const button = page.getByRole('button', { name: 'Export invoices' });
  await expect(button).toHaveAttribute('aria-haspopup', 'menu');
  const first = 'CSV';
  const last = 'Statement of account…';
  for (const [keys, expected] of [
    [['Enter'], first],
    [['Space'], first],
    [['ArrowDown'], first],
    [['ArrowUp'], last],
    [['Enter', 'ArrowDown'], 'CSV for Excel'],
    [['Enter', 'ArrowUp'], last],
    [['ArrowUp', 'ArrowDown'], first],
    [['Enter', 'End'], last],
    [['ArrowUp', 'Home'], first],
    [['Enter', 's'], last],
    [['Enter', 'p'], 'PDFs of invoices…'],
    [['Enter', 'x'], first],
    [['Enter', 'Escape'], null],
  ] as const) {
    const said = keys.join(', ');
    await button.focus();
    for (const key of keys) {
      await page.keyboard.press(key);
      await expect(button, said).toHaveAttribute('aria-expanded', String(key !== 'Escape'));
      if (key !== 'Escape') await expect(focused(page)).toHaveRole('menuitem');
    }
    if (expected === null) await expect(button, said).toBeFocused();
    else await expect(page.getByRole('menuitem', { name: expected, exact: true }), said).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(button, `${said}, then Escape`).toBeFocused();
    await expect(page.getByRole('menu')).toBeHidden();
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu', { name: 'Export invoices' })).toBeVisible();
  await expect(focused(page)).toHaveRole('menuitem');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(focused(page)).not.toHaveRole('menuitem');
});

test('dialog', shows('2.1.2', '2.4.3', '2.4.11', '4.1.2'), async ({ page }) => {
  await show(page, { state: 'invoices' });
  const opener = page.getByRole('rowheader').getByRole('button').nth(1);
  const dialog = page.getByRole('dialog');
  for (const close of ['Escape', 'its button', 'a press beside it'] as const) {
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(dialog).toBeVisible();
    await expect(dialog).toHaveAccessibleName(/^Invoice INV-/);
    await expect(dialog.getByRole('heading', { level: 2 })).toBeFocused();
    expect(await dialog.evaluate((element) => element.matches('dialog:modal'))).toBe(true);
    for (let stop = 0; stop < 6; stop += 1) {
      await page.keyboard.press('Tab');
      // The browser's own controls come after the last one of the dialog.
      expect(await page.locator('table.data :focus, .bar :focus').count(), 'the focus stays in the dialog').toBe(0);
    }
    if (close === 'Escape') await page.keyboard.press('Escape');
    else if (close === 'its button') await page.getByRole('button', { name: 'Close' }).press('Space');
    else await page.mouse.click(20, 400);
    await expect(dialog, close).toBeHidden();
    await expect(opener, close).toBeFocused();
  }
});

test('sortable table', shows('1.3.1', '2.1.1', '3.2.2', '4.1.2', '4.1.3'), async ({ page }) => {
  await show(page, { state: 'invoices' });
  const table = page.getByRole('table', { name: 'Invoices' });
  const announced = page.getByRole('status').filter({ hasText: /invoice/ });
  const sorted = page.locator('[aria-sort]');
  await expect(table.getByRole('columnheader', { name: 'Generated on' })).toHaveAttribute('aria-sort', 'descending');
  await expect(announced).toHaveText('7 invoices, Generated on: Descending');
  for (const [column, order, words] of [
    ['Due date', 'ascending', 'Due date: Ascending'],
    ['Due date', 'descending', 'Due date: Descending'],
    ['Status', 'ascending', 'Status: Ascending'],
    ['Amount due', 'ascending', 'Amount due: Ascending'],
  ] as const) {
    const header = table.getByRole('columnheader', { name: column });
    await header.getByRole('button').press('Enter');
    await expect(header, column).toHaveAttribute('aria-sort', order);
    await expect(sorted).toHaveCount(1);
    await expect(header.getByRole('button')).toBeFocused();
    await expect(announced).toHaveText(`7 invoices, ${words}`);
  }
  await expect(table.getByRole('columnheader', { name: 'Actions' }).getByRole('button')).toHaveCount(0);
  await expect(table.getByRole('row')).toHaveCount(8);
  await expect(table.getByRole('rowheader')).toHaveCount(7);
});

test('disclosure', shows('2.1.1', '4.1.2'), async ({ page }) => {
  await show(page, { state: 'entitlements' });
  const summary = page.locator('summary');
  await expect(summary).toHaveText(/^Expired \(\d+\)$/);
  for (const key of ['Enter', 'Space']) {
    for (const isOpen of [true, false]) {
      await summary.press(key);
      expect(await summary.evaluate((element) => (element.parentElement as HTMLDetailsElement).open), key).toBe(isOpen);
      await expect(summary).toBeFocused();
    }
  }
});

test(
  'a filter’s options, a group of checkboxes that its button discloses',
  shows('2.1.1', '2.4.3', '4.1.2'),
  async ({ page }) => {
    await show(page, { state: 'invoices' });
    const filters = page.getByRole('search', { name: 'Search by invoice ID' });
    const button = filters.getByRole('button', { name: /^Status/ });
    const group = filters.getByRole('group', { name: 'Status' });
    for (const key of ['Enter', 'Space']) {
      await button.press(key);
      await expect(group.getByRole('checkbox').first(), key).toBeVisible();
      await page.keyboard.press('Tab');
      await expect(group.getByRole('checkbox').first(), key).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(group, key).toBeHidden();
      await expect(button, key).toBeFocused();
    }
    await button.press('Enter');
    const paid = group.getByRole('checkbox', { name: 'Paid', exact: true });
    await paid.press('Space');
    await expect(paid).toBeChecked();
    await expect(paid, 'the list is narrowed, the focus stays').toBeFocused();
    await expect(filters.getByRole('button', { name: 'Status: Paid' })).toHaveCount(1);
  },
);

test('radio groups', shows('1.3.1', '2.1.1', '4.1.2'), async ({ page }) => {
  await show(page, { state: 'invoices' });
  await page.getByRole('button', { name: 'Export invoices' }).press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: 'Statement of account…' })).toBeFocused();
  await page.keyboard.press('Enter');
  const group = page.getByRole('group', { name: 'Period' });
  const radio = (name: string): Locator => group.getByRole('radio', { name });
  await radio('This month').press('Space');
  for (const [key, name] of [
    ['ArrowDown', 'Last month'],
    ['ArrowRight', 'This year'],
    ['ArrowUp', 'Last month'],
    ['ArrowLeft', 'This month'],
    ['ArrowUp', 'Last year'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(radio(name), key).toBeChecked();
    await expect(radio(name), key).toBeFocused();
  }
  await page.keyboard.press('Tab');
  await expect(focused(page), 'a group is one stop').not.toHaveRole('radio');
});

test('a press that is moved away before it is lifted does nothing', shows('2.5.2'), async ({ page }) => {
  await show(page, { state: 'portal' });
  for (const target of [tab(page, 'Payments'), page.getByRole('button', { name: 'INV-2026-0042' }).first()]) {
    const box = await target.boundingBox();
    if (box === null) throw new Error('It is not drawn');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(5, 5);
    await page.mouse.up();
    await expect(tab(page, 'Invoices')).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
});
