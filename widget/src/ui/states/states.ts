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
  handle: () => void;
}

/** The button goes away with its state: the focus goes to the title of the view, for the next press of Tab. */
const takeAction =
  ({ handle }: Action) =>
  (event: Event): void => {
    const root = (event.currentTarget as Element).getRootNode() as ShadowRoot;
    root.querySelector<HTMLElement>('h2[tabindex]')?.focus();
    handle();
  };

const statePanel = (options: {
  shape: string;
  title: string;
  text: string;
  note?: string | undefined;
  action?: Action | undefined;
  role?: 'alert' | undefined;
}): TemplateResult => html`
  <div part=${options.role ? 'error' : 'empty'} class="state" role=${options.role ?? nothing}>
    ${icon(options.shape)}
    <p class="state-title">${options.title}</p>
    <p class="muted">${options.text}</p>
    ${options.note ? html`<p class="muted note">${options.note}</p>` : nothing}
    ${
      options.action
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
}): TemplateResult => {
  const { t } = options.localizer;
  const action = { label: t('action.retry'), handle: options.retry };
  if (options.failure?.code === 'offline') {
    return statePanel({
      shape: offlineIcon,
      title: t('state.offline'),
      text: t('state.offline_text'),
      action,
      role: 'alert',
    });
  }
  const requestId = options.failure?.requestId;
  return statePanel({
    shape: alertIcon,
    title: t('state.error'),
    text: failureText(options.localizer, options.failure),
    note: requestId ? t('state.request_id', { id: requestId }) : undefined,
    action,
    role: 'alert',
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
