import { createApp } from 'vue';
import 'zenskar-portal/define';
import App from './App.vue';

const container = document.querySelector<HTMLElement>('#app');
if (container) {
  createApp(App, { apiUrl: container.dataset['apiUrl'] ?? '' }).mount(container);
}
