import type { Answer, Requester } from './send-request.ts';
import type { TestOrganisation } from './test-server.ts';

/** A merchant's backend: calls the merchant API with its key. */
export interface MerchantClient {
  headers: Record<string, string>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

export const merchantClient = (server: Requester, { id, apiKey }: TestOrganisation): MerchantClient => {
  const headers = { organisation: id, 'x-api-key': apiKey };
  return {
    headers,
    get: (path) => server.request('GET', path, { headers }),
    post: (path, body = {}, extra = {}) =>
      server.request('POST', path, { headers: { ...headers, ...extra }, body: JSON.stringify(body) }),
    patch: (path, body = {}, extra = {}) =>
      server.request('PATCH', path, { headers: { ...headers, ...extra }, body: JSON.stringify(body) }),
    put: (path, body = {}) => server.request('PUT', path, { headers, body: JSON.stringify(body) }),
    delete: (path) => server.request('DELETE', path, { headers }),
  };
};
