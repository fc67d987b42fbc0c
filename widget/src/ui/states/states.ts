import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { alertIcon, documentIcon, icon, minusCircleIcon, offlineIcon, searchIcon } from '../icons/icons.ts';
import type { Localizer } from '../../i18n/localize.ts';

/** A failed request as a part needs to know it: an `ApiError` is one. */
export interface Failure {
  code: string;
  requestId: string | null;
}

/** The failure in whatever a request threw; null when it was none of the server's or the network's. */
export const failureOf = (error: unknown): Failure | null =>
  error instanceof Error && 'requestId' in error ? (error as Error & Failure) : null;

interface Action {
  label: string;
  handle?: () => void;
  /** Where it leads, for one that leaves the page. */
  href?: string | undefined;
}

/** The button goes away with its state: the focus goes to the title of the view, for the next press of Tab. */
const takeAction =
  ({ handle }: Action) =>
  (event: Event): void => {
    const root = (event.currentTarget as Element).getRootNode() as ShadowRoot;
    root.querySelector<HTMLElement>('h2[tabindex]')?.focus();
    handle?.();
  };

/** What stands in place of content: a shape, what is the matter, and what can be done about it. */
export const statePanel = (options: {
  shape: string;
  title: string;
  text: string;
  note?: string | undefined;
  action?: Action | undefined;
  role?: 'alert' | 'status';
  part?: 'notice' | 'error' | undefined;
}): TemplateResult => html`
  <div part=${options.part ?? 'empty'} class="state" role=${options.role ?? nothing}>
    ${icon(options.shape)}
    ${
      options.part === 'notice'
        ? html`<h2 class="state-title">${options.title}</h2>`
        : html`<p class="state-title">${options.title}</p>`
    }
    <p class="muted">${options.text}</p>
    ${options.note ? html`<p class="muted note">${options.note}</p>` : nothing}
    ${
      options.action?.href
        ? html`<a part="primary-button" class="button primary" href=${options.action.href}>${options.action.label}</a>`
        : options.action
          ? html`<button part="button" class="button" type="button" @click=${takeAction(options.action)}>
              ${options.action.label}
            </button>`
          : nothing
    }
  </div>
`;

/** Nothing yet: says what will appear here. */
export const emptyState = (options: { title: string; text: string; shape?: string }): TemplateResult =>
  statePanel({ shape: options.shape ?? documentIcon, ...options });

/** The filters leave nothing over. */
export const noMatchState = (options: { title: string; text: string; clear: Action }): TemplateResult =>
  statePanel({ shape: searchIcon, ...options, action: options.clear });

/** What happened, a way to try again, and the request id to quote; or that the browser is offline. */
export const errorState = (options: {
  localizer: Localizer;
  failure: Failure | null;
  retry: () => void;
  /** What failed, and what that means; default: something on this page. */
  words?: { title: string; text: string };
  part?: 'notice';
}): TemplateResult => {
  const { localizer, failure, words } = options;
  const { t } = localizer;
  const isOffline = failure?.code === 'offline';
  const requestId = failure?.requestId;
  return statePanel({
    shape: isOffline ? offlineIcon : alertIcon,
    title: isOffline ? t('state.offline') : (words?.title ?? t('state.error')),
    text: isOffline ? t('state.offline_text') : (words?.text ?? failureText(localizer, failure)),
    note: requestId ? t('state.request_id', { id: requestId }) : undefined,
    action: { label: t('action.retry'), handle: options.retry },
    role: 'alert',
    part: options.part ?? 'error',
  });
};

/** The merchant has switched this section off. */
export const sectionOffState = ({ t }: Localizer): TemplateResult =>
  statePanel({ shape: minusCircleIcon, title: t('state.section_off'), text: t('state.section_off_text') });

function failureText({ t }: Localizer, failure: Failure | null): string {
  switch (failure?.code) {
    case 'network_error':
    case 'timeout':
      return t('state.error_network');
    case 'scope_insufficient':
      return t('state.section_off_text');
    case 'invoice_not_found':
    case 'not_found':
      return t('state.error_not_found');
    case 'rate_limited':
    case 'database_busy':
      return t('state.error_busy');
    default:
      return t('state.error_text');
  }
}
