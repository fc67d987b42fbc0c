/** Asks Northwind's own backend for a way into the portal of whoever is logged in. */
export const fetchSession = async ({ signal }: { signal: AbortSignal }): Promise<{ session_token: string }> => {
  const response = await fetch('/portal-session', { method: 'POST', signal });
  if (!response.ok) {
    throw new Error(`No portal session: ${response.status}`);
  }
  return response.json();
};
