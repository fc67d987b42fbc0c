const frame = document.querySelector('#billing');
const portalOrigin = frame.dataset.portalOrigin;

// A link works once. After that the frame asks for a session, and only the portal's own origin is answered.
addEventListener('message', async (event) => {
  const isFromFrame = event.origin === portalOrigin && event.source === frame.contentWindow;
  if (!isFromFrame || event.data?.type !== 'zenskar-session-request') {
    return;
  }
  const response = await fetch('/portal-session', { method: 'POST' });
  if (response.ok) {
    const { session_token } = await response.json();
    frame.contentWindow.postMessage({ type: 'zenskar-session', session_token }, portalOrigin);
  }
});
