import { addAbortSignal } from 'node:stream';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { CustomerView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { invoicePdf } from '../documents/documents.service.ts';
import { notFound } from '../http/errors.ts';
import { Download } from '../http/route.ts';
import { datedFileName } from './dated-file-name.ts';
import { findVisibleInvoiceIds } from './exports.repository.ts';

/** Two invoices of the same number become `invoice-7.pdf` and `invoice-7 (2).pdf`; capitals make no difference. */
const uniqueNames = (): ((fileName: string) => string) => {
  const taken = new Map<string, number>();
  return (fileName) => {
    const key = fileName.toLowerCase();
    const count = (taken.get(key) ?? 0) + 1;
    taken.set(key, count);
    return count === 1 ? fileName : fileName.replace(/\.pdf$/, ` (${count}).pdf`);
  };
};

const zipOf = (dependencies: Dependencies, view: CustomerView, ids: readonly string[]): Readable => {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const gone = new AbortController();
  const nameOf = uniqueNames();
  const mtime = new Date(dependencies.clock.now());
  const fill = async (): Promise<void> => {
    for (const id of ids) {
      const { fileName, content } = await invoicePdf(dependencies, view, id);
      addAbortSignal(gone.signal, content);
      zip.addReadStream(content, nameOf(fileName), { compress: false, mtime });
      await finished(content);
    }
    zip.end();
  };
  const fail = (error: Error): void => {
    output.destroy(error);
  };
  output.once('close', () => {
    gone.abort();
  });
  zip.on('error', fail);
  fill().catch(fail);
  return output;
};

/**
 * The PDFs of some invoices in one zip file, drawn one after the other as the file is read.
 * @throws HttpError 404 `invoice_not_found` when one of them is missing, somebody else's, or not for this audience
 */
export const downloadInvoicePdfs = async (
  dependencies: Dependencies,
  view: CustomerView,
  invoiceIds: readonly string[],
): Promise<Download> => {
  const ids = [...new Set(invoiceIds)];
  const visible = await findVisibleInvoiceIds(dependencies.db, view, ids);
  if (visible.length < ids.length) {
    throw notFound('invoice_not_found', 'There is no such invoice');
  }
  return new Download(
    'application/zip',
    datedFileName(dependencies, view, 'invoices', 'zip'),
    zipOf(dependencies, view, ids),
  );
};
