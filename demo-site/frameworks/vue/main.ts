import { createSSRApp } from 'vue';
import 'zenskar-portal/define';
import App from './App.vue';

const container = document.querySelector<HTMLElement>('#app');
if (container) {
  createSSRApp(App, { apiUrl: container.dataset['apiUrl'] ?? '' }).mount(container);
}
