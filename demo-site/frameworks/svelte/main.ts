import { hydrate } from 'svelte';
import 'zenskar-portal/define';
import App from './App.svelte';

const container = document.querySelector<HTMLElement>('#app');
if (container) {
  hydrate(App, { target: container, props: { apiUrl: container.dataset['apiUrl'] ?? '' } });
}
