const frame = document.querySelector('zenskar-portal-frame');
const form = document.querySelector('.controls');
const status = document.querySelector('[role="status"]');

frame.fetchSession = async ({ signal }) => {
  const response = await fetch('/portal-session', { method: 'POST', signal });
  if (!response.ok) {
    throw new Error(`No portal session: ${response.status}`);
  }
  return response.json();
};

form.addEventListener('input', () => {
  const { locale, accent, dark, compact } = form.elements;
  frame.locale = locale.value;
  frame.density = compact.checked ? 'compact' : 'comfortable';
  // The frame follows the page: its colour scheme, and the custom properties that its CSS sets.
  document.documentElement.style.colorScheme = dark.checked ? 'dark' : '';
  frame.style.setProperty('--zenskar-accent', accent.value);
});

frame.addEventListener('zenskar-section-change', ({ section }) => {
  status.textContent = `The customer went to ${section}.`;
});
frame.addEventListener('zenskar-invoice-open', ({ invoiceId }) => {
  status.textContent = `The customer opened invoice ${invoiceId}.`;
});
frame.addEventListener('zenskar-error', ({ code, message }) => {
  status.textContent = `${code}: ${message}`;
});
