import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { find, findAll, stage } from '../../testing/stage.ts';
import { viewContext } from '../../testing/view-context.ts';
import '../list-view/define-tools.ts';
import { dataTable } from './data-table.ts';
import type { Column, DataTable, Sort } from './data-table.ts';

interface Boat {
  name: string;
  length: number;
}

const boats: readonly Boat[] = [
  { name: 'Ada', length: 12 },
  { name: 'Grace', length: 7 },
];
const columns: readonly Column<Boat>[] = [
  { key: 'name', label: 'Name', isSortable: true, cell: ({ name }) => name },
  { key: 'length', label: 'Length', isSortable: true, isAtEnd: true, cell: ({ length }) => length },
  { key: 'note', label: 'Note', from: 'wide', cell: () => html`<a href="#note">note</a>` },
];

function boatTable(part: Partial<DataTable<Boat>> = {}): { sorts: Sort[]; opened: string[]; table: DataTable<Boat> } {
  const sorts: Sort[] = [];
  const opened: string[] = [];
  const table: DataTable<Boat> = {
    ctx: viewContext(),
    label: 'Boats',
    columns,
    rows: boats,
    sort: { key: 'length', isDescending: false },
    onSort: (sort) => sorts.push(sort),
    isBusy: false,
    open: ({ name }) => opened.push(name),
    ...part,
  };
  return { sorts, opened, table };
}

describe('dataTable', () => {
  it('says by which column it is sorted and asks for the other direction', async () => {
    const { table, sorts } = boatTable();
    const { root } = await stage(dataTable(table));
    expect(findAll(root, 'thead th').map((th) => th.getAttribute('aria-sort'))).to.deep.equal([
      null,
      'ascending',
      null,
    ]);
    findAll(root, 'thead button').forEach((button) => button.click());
    expect(sorts).to.deep.equal([
      { key: 'name', isDescending: false },
      { key: 'length', isDescending: true },
    ]);
  });

  it('opens a row by its name and by a press anywhere on it', async () => {
    const { table, opened } = boatTable();
    const { root } = await stage(dataTable(table));
    find(root, 'tbody th button').click();
    find(root, 'tbody td.numeric').click();
    expect(opened).to.deep.equal(['Ada', 'Ada']);
  });

  it('does not open a row when a link in it is pressed', async () => {
    const { table, opened } = boatTable();
    const { root } = await stage(dataTable(table));
    find(root, 'tbody td a').click();
    expect(opened).to.deep.equal([]);
  });

  it('has fewer columns in a middling container', async () => {
    const { root } = await stage(dataTable(boatTable().table), { width: 700 });
    expect(findAll(root, 'tbody tr:first-child td').map((td) => td.checkVisibility())).to.deep.equal([true, false]);
  });

  for (const width of [320, 679]) {
    it(`turns into labelled cards without sideways scrolling at ${width} px`, async () => {
      const { root, host } = await stage(dataTable(boatTable().table), { width });
      const length = find(root, 'tbody td.numeric');
      expect(getComputedStyle(find(root, 'tbody tr')).display).to.equal('grid');
      expect(length.dataset['label']).to.equal('Length');
      expect(getComputedStyle(length, '::before').content).to.match(/^("Length ?"|attr\(data-label\))/);
      expect(find(find(root, 'zk-sort-select'), 'select').checkVisibility()).to.equal(true);
      expect(host.scrollWidth).to.be.at.most(width);
    });
  }

  it('sorts on cards by a list of columns and a direction', async () => {
    const { table, sorts } = boatTable();
    const { root } = await stage(dataTable(table), { width: 320 });
    const controls = find(root, 'zk-sort-select');
    const select = find<HTMLSelectElement>(controls, 'select');
    expect(select.value).to.equal('length');
    select.value = 'name';
    select.dispatchEvent(new Event('change'));
    find(controls, 'button').click();
    expect(sorts).to.deep.equal([
      { key: 'name', isDescending: false },
      { key: 'length', isDescending: true },
    ]);
  });

  it('has rows of 44 px, or 36 px when dense', async () => {
    const roomy = await stage(dataTable(boatTable().table));
    const dense = await stage(dataTable(boatTable({ ctx: viewContext({ dense: true }) }).table));
    expect(find(roomy.root, 'tbody tr').offsetHeight).to.equal(44);
    expect(find(dense.root, 'tbody tr').offsetHeight).to.equal(36);
  });

  it('keeps its rows while busy', async () => {
    const { root, host } = await stage(dataTable(boatTable({ isBusy: true }).table));
    expect(find(root, 'table').getAttribute('aria-busy')).to.equal('true');
    expect(findAll(root, 'tbody tr')).to.have.length(2);
    await expect(host).to.be.accessible({ ignoredRules: ['color-contrast'] });
  });

  for (const [width, theme] of [
    [1000, 'light'],
    [1000, 'dark'],
    [320, 'light'],
  ] as const) {
    it(`is accessible, ${theme} at ${width} px`, async () => {
      const { host } = await stage(dataTable(boatTable().table), { width, theme });
      await expect(host).to.be.accessible();
    });
  }
});
