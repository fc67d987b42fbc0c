import { readSettings } from './settings.ts';

const settings = readSettings(location.search);
if (new URLSearchParams(location.search).has('bare')) {
  const { show } = await import('./show.ts');
  await show(settings);
} else {
  const { browse } = await import('./browse.ts');
  browse(settings);
}
