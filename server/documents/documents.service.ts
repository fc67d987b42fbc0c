import type { Readable } from 'node:stream';
import type { Address } from '#contract/addresses.ts';
import type { Branding } from '#contract/branding.ts';
import type { Profile } from '#contract/profile.ts';
import { getBranding } from '../branding/branding.service.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { getPastOrPresentProfile } from '../customers/profile.service.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import { getInvoice } from '../invoices/invoices.service.ts';
import { findOrganisation } from '../organisations/organisations.service.ts';
import { getPayment } from '../payments/payments.service.ts';
import { hasMoved } from '../payments/received.ts';
import type { OrganisationScope } from '../scope.ts';
import type { Statement } from '../statements/statement.ts';
import type { Issuer, Recipient } from './letterhead.ts';
import { LogoCache } from './logo.ts';

export interface DocumentFile {
  fileName: string;
  content: Readable;
}

const logoCaches = new WeakMap<Dependencies, LogoCache>();

const logoOf = (dependencies: Dependencies, { logo_url: url }: Branding): Promise<Buffer | null> => {
  const cache = logoCaches.get(dependencies) ?? new LogoCache();
  logoCaches.set(dependencies, cache);
  return url === null ? Promise.resolve(null) : cache.get(url, dependencies.clock.now());
};

const findIssuer = async (dependencies: Dependencies, scope: OrganisationScope): Promise<Issuer> => {
  const { db } = dependencies;
  const organisation = await findOrganisation(db, scope);
  const branding = await getBranding(db, scope);
  return {
    name: organisation?.name ?? '',
    email: organisation?.email ?? null,
    address: organisation?.address ? (JSON.parse(organisation.address) as Address) : null,
    taxId: organisation?.tax_id ?? null,
    accent: branding.accent,
    logo: await logoOf(dependencies, branding),
  };
};

const recipientOf = (profile: Profile): Recipient => ({
  name: profile.customer_name,
  email: profile.email,
  address: profile.address,
  shipTo: profile.ship_to_address,
  taxInfo: profile.tax_info,
});

const longestName = 80;

/** `invoice-INV-7.pdf`: a merchant's number with nothing in it that a file system might take for something else. */
const fileNameOf = (kind: string, number: string): string => {
  const safe = number
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return `${[kind, Array.from(safe).slice(0, longestName).join('')].filter(Boolean).join('-')}.pdf`;
};

/**
 * An invoice as PDF, as the viewer may see it.
 * @throws HttpError 404 `invoice_not_found`
 */
export const invoicePdf = (dependencies: Dependencies, view: CustomerView, invoiceId: string): Promise<DocumentFile> =>
  dependencies.tracing.trace('document invoice', { kind: 'internal' }, async () => {
    const { db, clock } = dependencies;
    const { scope, timeZone } = view;
    const invoice = await getInvoice(dependencies, view, invoiceId);
    const profile = await getPastOrPresentProfile(db, scope);
    const issuer = await findIssuer(dependencies, scope);
    // Each renderer is loaded when it is first asked for: fonts and layout take a tenth of the server's memory.
    const { renderInvoicePdf } = await import('./invoice-pdf.ts');
    return {
      fileName: fileNameOf('invoice', invoice.invoice_number),
      content: renderInvoicePdf({
        issuer,
        recipient: recipientOf(profile),
        invoice,
        timeZone,
        createdAt: clock.now(),
      }),
    };
  });

/**
 * The receipt of money that was received or given back.
 * @throws HttpError 404 `payment_not_found`; 404 `receipt_not_available` while no money has moved
 */
export const receiptPdf = (dependencies: Dependencies, view: CustomerView, paymentId: string): Promise<DocumentFile> =>
  dependencies.tracing.trace('document receipt', { kind: 'internal' }, async () => {
    const { db, clock } = dependencies;
    const { scope, timeZone } = view;
    const payment = await getPayment(dependencies, view, paymentId);
    if (payment.type === 'authorization' || !hasMoved(payment.status)) {
      throw notFound('receipt_not_available', 'There is a receipt only once the money has been received');
    }
    const profile = await getPastOrPresentProfile(db, scope);
    const issuer = await findIssuer(dependencies, scope);
    const { renderReceiptPdf } = await import('./receipt-pdf.ts');
    return {
      fileName: fileNameOf('receipt', payment.receipt_number ?? payment.id),
      content: renderReceiptPdf({
        issuer,
        recipient: recipientOf(profile),
        payment,
        timeZone,
        createdAt: clock.now(),
      }),
    };
  });

/** A statement of account as PDF. */
export const statementPdf = (dependencies: Dependencies, statement: Statement): Promise<Readable> =>
  dependencies.tracing.trace('document statement', { kind: 'internal' }, async () => {
    const { organisation, customer } = statement;
    const { branding, ...issuer } = organisation;
    const { renderStatementPdf } = await import('./statement-pdf.ts');
    return renderStatementPdf({
      issuer: { ...issuer, accent: branding.accent, logo: await logoOf(dependencies, branding) },
      recipient: { ...customer, shipTo: null },
      statement,
      createdAt: dependencies.clock.now(),
    });
  });
