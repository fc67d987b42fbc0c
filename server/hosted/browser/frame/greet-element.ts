import { fieldsOf, hello, protocolVersion, welcome } from '../../../../widget/src/frame/protocol.ts';
import { randomNonce } from '../../../../widget/src/session/session-source.ts';

/**
 * Says hello to the page around the frame, on the organisation's origins only, and takes the one port that an answer to
 * this very hello brings from there.
 */
export const greetElement = (allowedOrigins: readonly string[], onPort: (port: MessagePort) => void): void => {
  const id = randomNonce();
  const greeted = new AbortController();
  const handleMessage = ({ source, origin, data, ports }: MessageEvent<unknown>): void => {
    if (source !== window.parent || !allowedOrigins.includes(origin)) return;
    const answer = fieldsOf(data);
    const [port] = ports;
    if (answer['type'] !== welcome || answer['version'] !== protocolVersion || answer['id'] !== id || !port) return;
    greeted.abort();
    onPort(port);
  };
  addEventListener('message', handleMessage, { signal: greeted.signal });
  // Where the browser does not tell who is around the frame, it delivers to the one origin that is there.
  const parentOrigin = location.ancestorOrigins?.[0];
  for (const origin of allowedOrigins) {
    if (parentOrigin === undefined || parentOrigin === origin)
      window.parent.postMessage({ type: hello, version: protocolVersion, id }, origin);
  }
};
