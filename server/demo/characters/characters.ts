import { association } from './association.ts';
import { fernhill } from './fernhill.ts';
import { gulfPearl } from './gulf-pearl.ts';
import { halvorsen } from './halvorsen.ts';
import { meridian } from './meridian.ts';
import { nakheel } from './nakheel.ts';
import { ohara } from './ohara.ts';
import { polaris } from './polaris.ts';
import { sakura } from './sakura.ts';
import { tidepool } from './tidepool.ts';
import type { Character } from './character.ts';

/** In the order in which the demo-site offers them. */
export const characters: readonly Character[] = [
  meridian,
  tidepool,
  halvorsen,
  sakura,
  gulfPearl,
  association,
  ohara,
  nakheel,
  polaris,
  fernhill,
];
