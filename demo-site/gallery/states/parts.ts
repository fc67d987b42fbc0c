import type { PartName } from '../parts.ts';
import type { PartState } from '../state.ts';

const titles: Readonly<Record<PartName, string>> = {
  buttons: 'Buttons',
  pills: 'Status',
  menu: 'Menu',
  tabs: 'Tabs',
  banners: 'Banners',
  meters: 'Meters',
  fields: 'Fields',
  skeletons: 'Outlines',
};

export const partStates: readonly PartState[] = Object.entries(titles).map(([part, title]) => ({
  name: part,
  title,
  group: 'Parts',
  part: part as PartName,
  isPending: part === 'skeletons',
}));
