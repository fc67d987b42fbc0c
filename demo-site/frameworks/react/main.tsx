import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const container = document.querySelector<HTMLElement>('#app');
if (container) {
  createRoot(container).render(
    <StrictMode>
      <App apiUrl={container.dataset['apiUrl'] ?? ''} />
    </StrictMode>,
  );
}
