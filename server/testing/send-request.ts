export interface Answer {
  status: number;
  headers: Headers;
  // The body is whatever the server sent; a test names the fields it expects.
  body: Record<string, unknown>;
  text: string;
}

/** Who can be asked. */
export interface Requester {
  /** One request; `path` begins with `/`. A `body` that is not text goes as JSON. */
  request(
    method: string,
    path: string,
    options?: { headers?: Record<string, string>; body?: unknown },
  ): Promise<Answer>;
}

/** Sends to the server at this address, and follows no redirect. */
export const requesterAt = (address: string): Requester => ({
  request: async (method, path, { headers = {}, body } = {}) => {
    const response = await fetch(`${address}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
      text,
    };
  },
});
