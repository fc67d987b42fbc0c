import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import 'zenskar-portal/define';
import App from './App.vue';

export const render = (apiUrl: string): Promise<string> => renderToString(createSSRApp(App, { apiUrl }));
