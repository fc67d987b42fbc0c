import { exampleId } from './example-id.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { MediaType, OperationObject, Parameter } from './model.ts';

const lines = 'application/x-ndjson';

const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?)/g;

/** JSON, with its parts told apart by class. */
export const renderJson = (value: unknown, indent = 2): Html[] => {
  const text = JSON.stringify(value, null, indent);
  const parts: Html[] = [];
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const [whole, string, colon = '', word] = match;
    const kind = string === undefined ? (word === undefined ? 'number' : 'word') : colon === '' ? 'text' : 'key';
    parts.push(html`${text.slice(end, match.index)}<span class="${kind}">${string ?? whole}</span>${colon}`);
    end = match.index + whole.length;
  }
  return [...parts, html`${text.slice(end)}`];
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const credentials: Record<string, string[]> = {
  apiKey: ['X-API-KEY: zsk_…'],
  organisation: [`organisation: ${exampleId('organisation')}`],
  accessToken: ['Authorization: Bearer eyJ…'],
  portalCookie: ['Cookie: __Host-zenskar_portal=…'],
  staffCookie: ['Cookie: __Host-zenskar_console=…'],
};

/** The address with its examples filled in. */
const urlOf = (serverUrl: string, path: string, parameters: readonly Parameter[]): string => {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    String(parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.example ?? name),
  );
  const query = parameters.flatMap((parameter) =>
    parameter.in === 'query' && parameter.required === true && parameter.example !== undefined
      ? [`${parameter.name}=${encodeURIComponent([parameter.example].flat().join(','))}`]
      : [],
  );
  return `${serverUrl}${filled}${query.length === 0 ? '' : `?${query.join('&')}`}`;
};

/** A call of an operation as a shell line. */
export const curlOf = (
  serverUrl: string,
  {
    method,
    path,
    operation,
    parameters,
  }: { method: string; path: string; operation: OperationObject; parameters: readonly Parameter[] },
): string => {
  const [mediaType, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const headers = [
    ...operation.security.flatMap((requirement) => Object.keys(requirement).flatMap((name) => credentials[name] ?? [])),
    ...parameters.flatMap(({ in: place, name, required, example }) =>
      place === 'header' && required === true ? [`${name}: ${String(example)}`] : [],
    ),
    ...(mediaType === undefined ? [] : [`Content-Type: ${mediaType}`]),
  ];
  const isLines = mediaType === lines;
  const data = body === undefined ? [] : [JSON.stringify(body.example, null, isLines ? 0 : 2)];
  return [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} ${quoted(urlOf(serverUrl, path, parameters))}`,
    ...headers.map((header) => `-H ${quoted(header)}`),
    ...data.map((text) => `${isLines ? '--data-binary' : '-d'} ${quoted(text)}`),
  ].join(' \\\n  ');
};

export const renderSample = (caption: string, content: Html | readonly Html[]): Html =>
  html`<figure>
    <figcaption>${caption}</figcaption>
    <pre tabindex="0"><code>${content}</code></pre>
  </figure>`;

/** The answer as an example, or what kinds of file it is. */
export const renderAnswer = (content: Record<string, MediaType>): Html => {
  const [[type, { example }] = ['', { example: undefined }]] = Object.entries(content);
  if (example === undefined) {
    const types = Object.keys(content).map((name) => html`<code>${name}</code> `);
    return html`<figure>
      <figcaption>Answer</figcaption>
      <p>${types}</p>
    </figure>`;
  }
  return type === lines
    ? renderSample('Answer, one line a record', renderJson(example, 0))
    : renderSample('Answer', renderJson(example));
};
