import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { App } from './app.tsx';

const container = document.querySelector<HTMLElement>('#app');
if (container) {
  hydrateRoot(
    container,
    <StrictMode>
      <App apiUrl={container.dataset['apiUrl'] ?? ''} />
    </StrictMode>,
  );
}
