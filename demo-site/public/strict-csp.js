const portal = document.querySelector('zenskar-portal');

portal.fetchSession = async ({ signal }) => {
  const response = await fetch('/portal-session', { method: 'POST', signal });
  if (!response.ok) {
    throw new Error(`No portal session: ${response.status}`);
  }
  return response.json();
};
