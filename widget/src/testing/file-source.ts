import type { FileRequest } from '../api/portal-api.ts';
import type { FileSource } from '../downloads/file-saver.ts';

export interface FileCall {
  path: string;
  params: unknown;
  query: unknown;
}

/** Gives files that a test has the answers for, and writes down which were asked for. */
export const fileSource = (answer: () => Response | Promise<Response>): { source: FileSource; calls: FileCall[] } => {
  const calls: FileCall[] = [];
  const getFile = async <Content>(path: string, request: FileRequest<Content>): Promise<Content> => {
    calls.push({ path, params: request.params, query: request.query });
    const content = await request.read(await answer());
    if (content === undefined) throw new Error('The answer is no file');
    return content;
  };
  return { source: { getFile }, calls };
};

export const pdfAnswer = (): Response =>
  new Response('%PDF-', { headers: { 'content-disposition': 'attachment; filename="invoice-INV-7.pdf"' } });

/** What the browser was asked to download while `act` ran: the name of each file. */
export async function downloadsDuring(act: () => Promise<unknown>): Promise<string[]> {
  const names: string[] = [];
  const original = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'click');
  HTMLElement.prototype.click = function (this: HTMLElement) {
    if (this instanceof HTMLAnchorElement && this.download) names.push(this.download);
    else (original?.value as () => void).call(this);
  };
  try {
    await act();
  } finally {
    if (original) Object.defineProperty(HTMLElement.prototype, 'click', original);
  }
  return names;
}
