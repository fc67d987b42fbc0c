import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { App } from './app.tsx';

export const render = (apiUrl: string): string =>
  renderToString(
    <StrictMode>
      <App apiUrl={apiUrl} />
    </StrictMode>,
  );
