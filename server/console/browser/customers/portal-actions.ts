import { ApiError } from '../../../../widget/src/api/api-error.ts';
import type { Localizer } from '../../../../widget/src/i18n/localize.ts';
import type { ConsoleClient } from '../console-client.ts';
import { consoleMessages } from '../console.en.ts';

/** What came of an action, for the reader; `link` is to be copied by hand. */
export interface Outcome {
  tone: 'neutral' | 'danger';
  text: string;
  link?: string;
}

interface Target {
  client: ConsoleClient;
  customer: { id: string; name: string };
  localizer: Localizer;
  locale: string;
}

const paramsOf = ({ customer }: Target): { params: { customer_id: string } } => ({
  params: { customer_id: customer.id },
});

function failed(error: unknown, { localizer }: Target): Outcome {
  const t = localizer.in(consoleMessages);
  const failure = error instanceof ApiError ? error : null;
  if (failure?.code === 'staff_login_required') return { tone: 'neutral', text: t('portal.session_ended') };
  const id = failure?.requestId;
  return { tone: 'danger', text: id ? t('portal.failed_request', { id }) : t('portal.failed') };
}

const timeOf = (iso: string, { locale }: Target): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(iso));

/**
 * Opens the customer's portal in a new tab. The tab is opened at once, while the browser still takes it for the answer
 * to a click, and led to the portal afterwards, from here: so that the portal sees where its visitor comes from.
 */
export async function viewPortal(target: Target): Promise<Outcome> {
  const t = target.localizer.in(consoleMessages);
  const tab = window.open('about:blank', '_blank');
  if (!tab) return { tone: 'danger', text: t('portal.blocked') };
  try {
    const { redirect_url: address } = await target.client.call(
      'POST /console/api/customers/:customer_id/portal_view',
      paramsOf(target),
    );
    tab.opener = null;
    tab.location.replace(address);
    return { tone: 'neutral', text: t('portal.opened', { name: target.customer.name }) };
  } catch (error) {
    tab.close();
    return failed(error, target);
  }
}

/** Copies a link for the customer. The clipboard takes the promise, because by its end the click is long ago. */
export async function copyPortalLink(target: Target): Promise<Outcome> {
  const t = target.localizer.in(consoleMessages);
  const link = target.client.call('POST /console/api/customers/:customer_id/portal_link', paramsOf(target));
  const isCopied = copyText(link.then(({ redirect_url: address }) => address)).then(
    () => true,
    () => false,
  );
  try {
    const { redirect_url: address, expires_at: expiresAt } = await link;
    const time = timeOf(expiresAt, target);
    return (await isCopied)
      ? { tone: 'neutral', text: t('portal.copied', { name: target.customer.name, time }) }
      : { tone: 'neutral', text: t('portal.copy_yourself', { time }), link: address };
  } catch (error) {
    return failed(error, target);
  }
}

async function copyText(text: Promise<string>): Promise<void> {
  const blob = text.then((copied) => new Blob([copied], { type: 'text/plain' }));
  // The clipboard may refuse without looking at it; what went wrong with the text is said by whoever made it.
  blob.catch(() => undefined);
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
}

/** Ends every session of the customer. */
export async function revokeSessions(target: Target): Promise<Outcome> {
  const t = target.localizer.in(consoleMessages);
  try {
    const { revoked } = await target.client.call(
      'POST /console/api/customers/:customer_id/sessions/revoke',
      paramsOf(target),
    );
    const text = revoked === 0 ? t('portal.revoked_none') : t('portal.revoked', { count: revoked });
    return { tone: 'neutral', text };
  } catch (error) {
    return failed(error, target);
  }
}
