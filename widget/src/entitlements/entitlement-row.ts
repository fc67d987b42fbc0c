import type { PortalEntitlement } from '#contract/entitlements.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatDate } from '../format/date.ts';
import { formatQuantity } from '../format/quantity.ts';
import { entitlementsMessages } from '../i18n/entitlements.en.ts';
import { meter } from '../ui/meter/meter.ts';
import { statusPill } from '../ui/status-pill/status-pill.ts';
import type { ViewContext } from '../ui/view-context.ts';

/** One entitlement: what it is, how much of it is used, and until when. */
export const entitlementRow = (entitlement: PortalEntitlement, ctx: ViewContext): TemplateResult => {
  const t = ctx.localizer.in(entitlementsMessages);
  const { name, description } = entitlement.entitlement;
  const source = sourceText(entitlement, ctx);
  return html`
    <li part="row">
      <div>
        <h3>${name}</h3>
        ${description ? html`<p class="muted">${description}</p>` : nothing}
        ${source ? html`<p class="muted note">${t('entitlements.granted_by', { source })}</p>` : nothing}
      </div>
      <div class="usage">${entitlement.type === 'Feature' ? feature(entitlement, ctx) : usage(entitlement, ctx)}</div>
      <p class="muted ends">${endText(entitlement, ctx)}</p>
    </li>
  `;
};

function feature({ quantity }: PortalEntitlement, ctx: ViewContext): TemplateResult {
  const t = ctx.localizer.in(entitlementsMessages);
  return quantity === 0
    ? statusPill('neutral', t('entitlements.not_included'))
    : statusPill('success', t('entitlements.included'));
}

function usage(entitlement: PortalEntitlement, ctx: ViewContext): TemplateResult {
  const t = ctx.localizer.in(entitlementsMessages);
  const { quantity: total, quantity_used: used, quantity_remaining: remaining } = entitlement;
  const text = usedText(entitlement, ctx);
  if (total === null) {
    return html`<p class="number">${text}</p>
      <p class="muted">${t('entitlements.unlimited')}</p>`;
  }
  const left = t('entitlements.remaining', { remaining: formatQuantity(remaining ?? 0, ctx.locale) });
  const isAtLimit = used >= total;
  return html`
    <p class="number used">${text}</p>
    ${meter({ label: entitlement.entitlement.name, value: used, max: total, text: `${text}, ${left}` })}
    <p class="number muted">
      ${left}
      ${
        isAtLimit
          ? html`<strong class="at-limit">${t('entitlements.at_limit')}</strong>`
          : used >= total * 0.8
            ? html`<strong class="near-limit">${t('entitlements.near_limit')}</strong>`
            : nothing
      }
    </p>
  `;
}

function usedText({ quantity, quantity_used: usedQuantity, units }: PortalEntitlement, ctx: ViewContext): string {
  const t = ctx.localizer.in(entitlementsMessages);
  const used = formatQuantity(usedQuantity, ctx.locale);
  if (quantity === null)
    return units ? t('entitlements.used', { used, units }) : t('entitlements.used_plain', { used });
  const total = formatQuantity(quantity, ctx.locale);
  return units ? t('entitlements.used_of', { used, total, units }) : t('entitlements.used_of_plain', { used, total });
}

function endText(entitlement: PortalEntitlement, ctx: ViewContext): string {
  const t = ctx.localizer.in(entitlementsMessages);
  const { type, status, active_from: activeFrom, renews_at: renewsAt, expiry_at: expiryAt } = entitlement;
  if (status === 'upcoming') return t('entitlements.starts', { date: formatDate(activeFrom, ctx) });
  if (status === 'expired' && expiryAt) return t('entitlements.expired_on', { date: formatDate(expiryAt, ctx) });
  if (renewsAt) return t('entitlements.renews', { date: formatDate(renewsAt, ctx) });
  if (type === 'Feature' && !expiryAt) return '';
  return expiryAt ? t('entitlements.expires', { date: formatDate(expiryAt, ctx) }) : t('entitlements.no_expiry');
}

function sourceText({ contract, product, invoice }: PortalEntitlement, ctx: ViewContext): string {
  const names = [contract?.name, product?.name, invoice?.invoice_number].filter((name) => name !== undefined);
  return new Intl.ListFormat(ctx.locale, { type: 'unit' }).format(names);
}
