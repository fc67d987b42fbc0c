import { failing, never } from '../records.ts';
import type { Hands } from '../hands.ts';
import type { ElementState } from '../state.ts';

const download = (name: string, title: string, part: Partial<ElementState>): ElementState => ({
  name,
  title,
  group: 'Downloads',
  tag: 'zenskar-invoices',
  ...part,
});

const openMenu = async (hands: Hands): Promise<void> => {
  await hands.press('zk-export-menu', '.menu-button');
  await hands.find('zk-export-menu', '[role=menuitem]');
};
/** The entries of the menu: CSV, Excel, PDFs, statement. */
const choose =
  (position: number) =>
  async (hands: Hands): Promise<void> => {
    await openMenu(hands);
    await hands.press('zk-export-menu', `[role=menuitem]:nth-of-type(${position})`);
  };
const pressFirst = (hands: Hands): Promise<void> => hands.press('zk-invoice-actions', 'zk-download-button', 'button');

export const downloadStates: readonly ElementState[] = [
  download('export-menu', 'Export menu', { act: openMenu }),
  download('export-busy', 'Export under way', { api: { getFile: never }, act: choose(1) }),
  download('export-failed', 'Export failed', {
    api: { getFile: failing() },
    act: choose(1),
  }),
  download('pdfs-sheet', 'Choosing PDFs', { act: choose(3) }),
  download('statement-sheet', 'Statement of account', { act: choose(4) }),
  download('statement-failed', 'Statement failed', {
    api: { getFile: failing() },
    act: async (hands) => {
      await choose(4)(hands);
      await hands.press('zk-statement-sheet', 'button.primary');
    },
  }),
  download('download-busy', 'PDF under way', { api: { getFile: never }, act: pressFirst }),
  download('download-failed', 'PDF failed', { api: { getFile: failing() }, act: pressFirst }),
];
