import { ink, muted } from './colours.ts';
import type { Style } from './sheet.ts';

export const body: Style = { weight: 'Regular', size: 9, leading: 13.5, colour: ink };
export const strong: Style = { ...body, weight: 'Bold' };
export const small: Style = { weight: 'Regular', size: 8, leading: 11.5, colour: muted };
export const headline: Style = { ...strong, size: 14, leading: 20 };
