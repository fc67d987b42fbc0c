import type { PortalInvoiceDetail } from '#contract/invoices.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { invoiceDetailMessages } from '../../i18n/invoice-detail.en.ts';
import type { ViewContext } from '../../ui/view-context.ts';

type Address = NonNullable<PortalInvoiceDetail['from']['address']>;

/** Who sends the invoice and who receives it. */
export const parties = ({ from, customer }: PortalInvoiceDetail, { localizer }: ViewContext): TemplateResult => {
  const t = localizer.in(invoiceDetailMessages);
  return html`
    <div class="parties">
      ${party(t('invoice.from'), from.name, from.address, [
        from.email,
        from.tax_id && t('invoice.tax_id', { id: from.tax_id }),
      ])}
      ${party(t('invoice.billed_to'), customer.customer_name, customer.address, [customer.email])}
      ${
        customer.ship_to_address
          ? party(t('invoice.shipped_to'), customer.customer_name, customer.ship_to_address, [])
          : nothing
      }
    </div>
  `;
};

const party = (
  label: string,
  name: string,
  address: Address | null,
  more: readonly (string | null)[],
): TemplateResult => html`
  <section>
    <h3 class="label">${label}</h3>
    <p class="party-name">${name}</p>
    ${[...addressLines(address), ...more].map((line) => (line ? html`<p class="muted">${line}</p>` : nothing))}
  </section>
`;

function addressLines(address: Address | null): (string | null)[] {
  if (!address) return [];
  const town = [address.city, address.state, address.zipCode].filter(Boolean).join(', ');
  return [address.line1, address.line2, address.line3, town, address.country ?? address.country_code];
}
