import { render as renderApp } from 'svelte/server';
import 'zenskar-portal/define';
import App from './App.svelte';

export const render = (apiUrl: string): string => renderApp(App, { props: { apiUrl } }).body;
