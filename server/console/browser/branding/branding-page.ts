import type { Branding } from '#contract/branding.ts';
import type { PortalConfiguration } from '#contract/configuration.ts';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ApiError } from '../../../../widget/src/api/api-error.ts';
import type { HttpAnswer } from '../../../../widget/src/api/send.ts';
import { banner } from '../../../../widget/src/ui/banner/banner.ts';
import { bannerStyles } from '../../../../widget/src/ui/banner/banner.styles.ts';
import { base } from '../../../../widget/src/ui/base.styles.ts';
import { checkCircleIcon, icon } from '../../../../widget/src/ui/icons/icons.ts';
import { skeletonLines } from '../../../../widget/src/ui/skeleton/skeleton-lines.ts';
import { skeletonLinesStyles } from '../../../../widget/src/ui/skeleton/skeleton-lines.styles.ts';
import { errorState, failureOf } from '../../../../widget/src/ui/states/states.ts';
import { statesStyles } from '../../../../widget/src/ui/states/states.styles.ts';
import { renderTask } from '../../../../widget/src/ui/task/render-task.ts';
import { Task } from '../../../../widget/src/ui/task/task.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import type { ConsoleClient } from '../console-client.ts';
import { consoleMessages } from '../console.en.ts';
import { pageStyles } from '../page.styles.ts';
import { brandingConflict } from './branding-conflict.ts';
import { brandingFields, brandingOf, brokenFields, differingFields, draftOf, shownBranding } from './branding-draft.ts';
import type { BrandingDraft, BrandingField } from './branding-draft.ts';
import { brandingFormFields } from './branding-form.ts';
import type { Problems } from './branding-form.ts';
import { brandingMessages } from './branding.en.ts';
import { brandingPageStyles } from './branding-page.styles.ts';
import { choicesStyles } from './choices.styles.ts';
import { UnsavedEvent } from './unsaved-event.ts';

type Outcome =
  | { kind: 'none' | 'saving' | 'saved' | 'unchanged' | 'session_ended' }
  | { kind: 'failed'; error: unknown }
  /** What somebody else has saved since, whose ETag is in `read`. */
  | { kind: 'conflict' };

/**
 * @summary How the portal looks: a form, and beside it the portal itself, which wears what stands in the form.
 * @event zk-unsaved - There is something to lose by leaving, or no longer.
 */
export class ZkBrandingPage extends LitElement {
  static override styles = [
    base,
    bannerStyles,
    skeletonLinesStyles,
    statesStyles,
    pageStyles,
    choicesStyles,
    brandingPageStyles,
  ];

  @state() private draft: BrandingDraft | null = null;
  @state() private problems: Problems = {};
  @state() private outcome: Outcome = { kind: 'none' };
  @state() private shownLogo: string | null = null;
  @state() private isLogoBroken = false;
  @state() private hasPreview = true;
  /** The configuration as it was read last. */
  private read: HttpAnswer<PortalConfiguration> | null = null;
  private isUnsaved = false;
  private isAttentionDue = false;

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) client!: ConsoleClient;

  private readonly loading = new Task(this, {
    task: async ([client], { signal }) => {
      this.adopt(await client.exchange('GET /console/api/configuration', { signal }));
      return true;
    },
    args: () => [this.client] as const,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    import('./define-preview.ts').catch(() => (this.hasPreview = false));
  }

  override willUpdate(): void {
    const isUnsaved = this.changes.length > 0;
    if (isUnsaved !== this.isUnsaved) this.dispatchEvent(new UnsavedEvent(isUnsaved));
    this.isUnsaved = isUnsaved;
  }

  override updated(_changed: PropertyValues): void {
    if (!this.isAttentionDue) return;
    this.isAttentionDue = false;
    this.renderRoot.querySelector<HTMLElement>('[data-attention], [aria-invalid=true]')?.focus();
  }

  private adopt(read: HttpAnswer<PortalConfiguration>): void {
    this.read = read;
    this.draft = draftOf(read.body.branding);
    this.problems = {};
    this.showLogo();
  }

  private get saved(): Branding | null {
    return this.read?.body.branding ?? null;
  }

  private get changes(): BrandingField[] {
    return this.saved && this.draft ? differingFields(this.saved, brandingOf(this.draft)) : [];
  }

  private readonly handleChange = (part: Partial<BrandingDraft>, field: BrandingField, isTyped = false): void => {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...part };
    if (!isTyped) this.showLogo();
    if (this.problems[field] && !brokenFields(this.draft).includes(field)) this.setProblem(field, undefined);
    if (this.outcome.kind !== 'conflict') this.outcome = { kind: 'none' };
  };

  private showLogo(): void {
    const logo = this.draft ? shownBranding(this.draft).logo_url : null;
    if (logo !== this.shownLogo) this.isLogoBroken = false;
    this.shownLogo = logo;
  }

  private readonly handleLeave = (field: BrandingField): void => {
    if (this.draft && brokenFields(this.draft).includes(field)) this.setProblem(field, this.problemWord(field));
  };

  private setProblem(field: BrandingField, problem: string | undefined): void {
    const { [field]: _old, ...others } = this.problems;
    this.problems = problem === undefined ? others : { ...others, [field]: problem };
  }

  private problemWord(field: BrandingField): string {
    const t = this.ctx.localizer.in(brandingMessages);
    switch (field) {
      case 'logo_url':
        return t('branding.logo_problem');
      case 'accent':
        return t('branding.accent_problem');
      default:
        return t('branding.font_problem');
    }
  }

  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { draft } = this;
    if (!draft || this.outcome.kind === 'saving') return;
    const broken = brokenFields(draft);
    this.problems = Object.fromEntries(broken.map((field) => [field, this.problemWord(field)]));
    if (broken.length > 0) this.isAttentionDue = true;
    else if (this.changes.length === 0) this.outcome = { kind: 'unchanged' };
    else void this.save(draft);
  };

  private readonly handleReset = (): void => {
    if (this.saved) this.draft = draftOf(this.saved);
    this.problems = {};
    this.showLogo();
    this.outcome = { kind: 'none' };
  };

  private readonly handleKeepYours = (): void => {
    if (this.draft) void this.save(this.draft);
  };

  private async save(draft: BrandingDraft): Promise<void> {
    if (!this.read) return;
    const { body, etag } = this.read;
    const { allowed_origins, return_origins, sections } = body;
    this.outcome = { kind: 'saving' };
    try {
      const saved = await this.client.exchange('PUT /console/api/configuration', {
        body: { branding: brandingOf(draft), allowed_origins, return_origins, sections },
        headers: { 'if-match': etag ?? '' },
      });
      this.adopt(saved);
      this.outcome = { kind: 'saved' };
    } catch (error) {
      await this.settle(error, draft);
    }
  }

  private async settle(error: unknown, draft: BrandingDraft): Promise<void> {
    const code = error instanceof ApiError ? error.code : '';
    this.isAttentionDue = true;
    if (code === 'precondition_failed') await this.meetOthers(draft);
    else if (code === 'request_invalid' && this.showRefused(error as ApiError)) this.outcome = { kind: 'none' };
    else if (code === 'staff_login_required') this.outcome = { kind: 'session_ended' };
    else this.outcome = { kind: 'failed', error };
  }

  /** What somebody else has saved. When it was not the look, there is nothing to choose. */
  private async meetOthers(draft: BrandingDraft): Promise<void> {
    const before = this.saved;
    try {
      this.read = await this.client.exchange('GET /console/api/configuration');
    } catch (error) {
      this.outcome = { kind: 'failed', error };
      return;
    }
    const isSameLook = before !== null && differingFields(before, this.read.body.branding).length === 0;
    if (isSameLook) await this.save(draft);
    else this.outcome = { kind: 'conflict' };
  }

  private showRefused({ detail }: ApiError): boolean {
    const refused = detail.flatMap(({ loc: [, part, field], msg }) => {
      const known = brandingFields.find((name) => part === 'branding' && name === field);
      return known ? [[known, msg] as const] : [];
    });
    this.problems = Object.fromEntries(refused);
    return refused.length > 0;
  }

  override render(): unknown {
    const { ctx, draft } = this;
    const t = ctx.localizer.in(brandingMessages);
    return html`
      <h1 tabindex="-1">${ctx.localizer.in(consoleMessages)('branding.title')}</h1>
      <p class="muted intro">${t('branding.intro')}</p>
      ${
        draft
          ? this.renderEditor(draft)
          : renderTask(this.loading, {
              pending: () => skeletonLines({ ctx, lines: 8 }),
              error: (error) =>
                errorState({
                  localizer: ctx.localizer,
                  failure: failureOf(error),
                  retry: () => void this.loading.run(),
                }),
              complete: () => nothing,
            })
      }
    `;
  }

  private renderEditor(draft: BrandingDraft): TemplateResult {
    const { ctx } = this;
    const t = ctx.localizer.in(brandingMessages);
    return html`
      <div class="editor">
        <form novalidate aria-label=${t('branding.form')} @submit=${this.handleSubmit}>
          ${this.renderOutcome()}
          ${brandingFormFields({
            ctx,
            draft,
            problems: this.problems,
            shownLogo: this.shownLogo,
            isLogoBroken: this.isLogoBroken,
            onLogo: (isBroken) => (this.isLogoBroken = isBroken),
            onChange: this.handleChange,
            onLeave: this.handleLeave,
          })}
          ${this.renderActions()}
        </form>
        ${
          this.hasPreview
            ? html`<zk-branding-preview
                .ctx=${ctx}
                .branding=${{ ...shownBranding(draft), logo_url: this.shownLogo }}
                .organisation=${this.read?.body.organisation}
              ></zk-branding-preview>`
            : html`<p class="muted">${t('branding.preview_failed')}</p>`
        }
      </div>
    `;
  }

  private renderOutcome(): unknown {
    const { ctx, outcome, draft, saved } = this;
    const t = ctx.localizer.in(brandingMessages);
    switch (outcome.kind) {
      case 'conflict':
        return draft && saved
          ? brandingConflict({
              ctx,
              theirs: saved,
              yours: brandingOf(draft),
              onTakeTheirs: this.handleReset,
              onKeepYours: this.handleKeepYours,
            })
          : nothing;
      case 'session_ended':
        return html`<div tabindex="-1" data-attention>${banner('neutral', t('branding.session_ended'))}</div>`;
      case 'failed': {
        const id = failureOf(outcome.error)?.requestId;
        return html`<div tabindex="-1" data-attention>
          ${banner('danger', id ? t('branding.failed_request', { id }) : t('branding.failed'))}
        </div>`;
      }
      default: {
        const count = Object.keys(this.problems).length;
        return count === 0 ? nothing : banner('danger', t('branding.problems', { count }));
      }
    }
  }

  private renderActions(): TemplateResult {
    const t = this.ctx.localizer.in(brandingMessages);
    const { kind } = this.outcome;
    const hasChanges = this.changes.length > 0;
    return html`
      <div class="actions">
        <button class="button primary" type="submit" aria-disabled=${kind === 'saving'}>
          ${t(kind === 'saving' ? 'branding.saving' : 'branding.save')}
        </button>
        <button class="button" type="button" ?disabled=${!hasChanges || kind === 'saving'} @click=${this.handleReset}>
          ${t('branding.reset')}
        </button>
        <span class="told" role="status">
          ${kind === 'saved' ? html`${icon(checkCircleIcon)}${t('branding.saved')}` : nothing}
          ${kind === 'unchanged' ? t('branding.unchanged') : nothing}
          ${kind === 'none' && hasChanges ? t('branding.unsaved') : nothing}
        </span>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-branding-page': ZkBrandingPage;
  }
}
