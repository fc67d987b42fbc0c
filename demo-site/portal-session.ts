import type { Settings } from './demo-file.ts';

export interface PortalSession {
  session_token: string;
  redirect_url: string;
}

/** Asks the portal for a way in for one customer. Runs on the backend: the API key never reaches a browser. */
export const createPortalSession = async (
  { apiUrl, organisationId, apiKey }: Settings,
  customerId: string,
  returnUrl: string,
): Promise<PortalSession> => {
  const response = await fetch(`${apiUrl}/customer/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', organisation: organisationId, 'x-api-key': apiKey },
    body: JSON.stringify({ customer_id: customerId, return_url: returnUrl }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) {
    throw new Error(`The portal answered ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as PortalSession;
};
