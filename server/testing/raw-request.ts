import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  /** The JSON of the answer, `{}` where it is none. */
  body: Record<string, unknown>;
}

/**
 * Sends a request byte for byte: headers that no HTTP client would send, one character a byte.
 * @param address as in `TestServer.address`
 * @param headers whole lines, without `Host` and `Connection`
 */
export const rawRequest = async (
  address: string,
  requestLine: string,
  headers: readonly string[],
  body = '',
): Promise<RawAnswer> => {
  const { hostname, port, host } = new URL(address);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A server that refuses early closes while we still write; what it said by then counts.
  socket.on('error', () => socket.destroy());
  const lines = [`${requestLine} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
  await new Promise<void>((resolve) => {
    socket.on('close', () => {
      resolve();
    });
  });
  const answer = Buffer.concat(chunks).toString('utf8');
  const [head = '', content = ''] = answer.split('\r\n\r\n', 2);
  const isJson = /^content-type: application\/json/im.test(head);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    body: isJson ? (JSON.parse(content.slice(content.indexOf('{'))) as Record<string, unknown>) : {},
  };
};
