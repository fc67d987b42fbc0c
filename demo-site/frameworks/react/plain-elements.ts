import 'zenskar-portal';
import 'zenskar-portal/frame';

/** What scripts know of the elements, and with them Angular's templates: elements by their tags, events by their names. */
export const known = (
  portal: HTMLElementTagNameMap['zenskar-portal'],
  invoices: HTMLElementTagNameMap['zenskar-invoices'],
) => {
  portal.addEventListener('zenskar-ready', ({ sections }) => sections.includes('payments'));
  portal.addEventListener('zenskar-error', ({ code, isFatal }) => isFatal && code === 'offline');
  invoices.addEventListener('zenskar-invoice-download', ({ invoiceId }) => invoiceId.trim());
  document
    .querySelector('zenskar-portal-frame')
    ?.signOut()
    .then(() => undefined);
  document.createElement('zenskar-summary').fetchSession = async ({ signal }) => ({
    session_token: String(signal.aborted),
  });
  // @ts-expect-error no such event
  portal.addEventListener('zenskar-invoice-open', ({ section }) => section);
  // @ts-expect-error no such property
  invoices.hideHeader = true;
};
