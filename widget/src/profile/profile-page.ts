import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ApiError } from '../api/api-error.ts';
import type { PortalApi, VersionedProfile } from '../api/portal-api.ts';
import { ZenskarProfileSavedEvent } from '../events.ts';
import { profileMessages } from '../i18n/profile.en.ts';
import { bannerStyles } from '../ui/banner/banner.styles.ts';
import { base } from '../ui/base.styles.ts';
import { liveRegion } from '../ui/live-region/live-region.ts';
import { errorState, failureOf } from '../ui/states/states.ts';
import { statesStyles } from '../ui/states/states.styles.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { renderTask } from '../ui/task/render-task.ts';
import { Task } from '../ui/task/task.ts';
import type { Country, listCountries } from './countries.ts';
import type { ConflictChoiceEvent } from './conflict/conflict-choice-event.ts';
import type { Conflict } from './conflict/profile-conflict.ts';
import { draftOf, isChanged, patchOf, takeField } from './profile-draft.ts';
import type { ProfileDraft } from './profile-draft.ts';
import { profileFields } from './profile-form.ts';
import { formActions, problemSummary, saveFailure } from './profile-notices.ts';
import type { SaveOutcome } from './profile-notices.ts';
import { problemsIn, problemsOfDetail } from './profile-problems.ts';
import type { Problems } from './profile-problems.ts';
import { profileStyles } from './profile.styles.ts';

/**
 * @summary The customer's details, to look at and to change. What was typed stays until it is saved or discarded.
 * @event zenskar-profile-saved - The server has stored a change.
 */
export class ZkProfilePage extends LitElement {
  static override styles = [base, bannerStyles, statesStyles, profileStyles];

  @state() private draft: ProfileDraft | null = null;
  @state() private problems: Problems = {};
  /** The problems that the last attempt to save met. */
  @state() private summary: Problems = {};
  /** What was wrong with the field that the customer has just left. */
  @state() private leftProblem = '';
  @state() private outcome: SaveOutcome = { kind: 'none' };
  @state() private conflict: Conflict | null = null;

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) api!: Pick<PortalApi, 'getProfile' | 'updateProfile'>;

  /** The profile as the server last told it. */
  private stored: ProfileDraft | null = null;
  private etag = '';
  private countries: { locale: string; list: Country[] } = { locale: '', list: [] };
  private listCountries: typeof listCountries = () => [];

  private readonly loading = new Task(this, {
    task: async ([api, readOnly], { signal }) => {
      const [loaded, { listCountries }] = await Promise.all([
        api.getProfile(signal),
        import('./countries.ts'),
        readOnly && import('./facts/define.ts'),
      ]);
      this.listCountries = listCountries;
      if (!this.isDirty) this.adopt(loaded);
    },
    args: () => [this.api, this.ctx.readOnly] as const,
  });

  private get isDirty(): boolean {
    return this.draft !== null && this.stored !== null && isChanged(this.draft, this.stored);
  }

  private adopt({ profile, etag }: VersionedProfile): void {
    this.stored = draftOf(profile);
    this.draft = draftOf(profile);
    this.etag = etag;
    this.forgetProblems();
  }

  private forgetProblems(): void {
    this.problems = {};
    this.summary = {};
    this.conflict = null;
    this.outcome = { kind: 'none' };
  }

  private handleChange(part: Partial<ProfileDraft>, path: string): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...part };
    this.outcome = { kind: 'none' };
    this.leftProblem = '';
    this.problems = without(this.problems, path);
    this.summary = without(this.summary, path);
  }

  private handleLeave(path: string): void {
    if (!this.draft) return;
    const problem = problemsIn(this.draft, this.ctx.localizer.in(profileMessages))[path];
    if (problem) this.problems = { ...this.problems, [path]: problem };
    this.leftProblem = problem ?? '';
  }

  private handleDiscard(): void {
    this.draft = this.stored;
    this.forgetProblems();
  }

  private async handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.draft || this.outcome.kind === 'saving') return;
    this.settleConflict();
    this.problems = problemsIn(this.draft, this.ctx.localizer.in(profileMessages));
    this.summary = this.problems;
    if (Object.keys(this.problems).length > 0) await this.showAttention();
    else if (this.isDirty) await this.save();
    else this.outcome = { kind: 'unchanged' };
  }

  private settleConflict(): void {
    const { conflict, draft } = this;
    if (!conflict || !draft) return;
    const theirs = [...conflict.choices].filter(([, choice]) => choice === 'theirs').map(([field]) => field);
    this.draft = theirs.reduce((merged, field) => takeField(merged, conflict.theirs, field), draft);
    this.conflict = null;
  }

  private async save(): Promise<void> {
    const { draft, stored, etag } = this;
    if (!draft || !stored) return;
    this.outcome = { kind: 'saving' };
    try {
      this.finish(await this.api.updateProfile(patchOf(draft, stored), etag));
    } catch (error) {
      this.outcome = { kind: 'none' };
      if (error instanceof ApiError && error.code === 'precondition_failed') await this.meetOtherChange();
      else await this.showFailure(error);
    }
  }

  /** Somebody else saved first. What only they changed is taken over; what both changed is for the customer to choose. */
  private async meetOtherChange(): Promise<void> {
    const { draft, stored } = this;
    if (!draft || !stored) return;
    try {
      const [{ rebase }, { profile, etag }] = await Promise.all([
        import('./conflict/define.ts'),
        this.api.getProfile(),
      ]);
      const theirs = draftOf(profile);
      const merged = rebase(draft, stored, theirs);
      this.draft = merged.draft;
      this.stored = theirs;
      this.etag = etag;
      if (merged.conflicts.length > 0) {
        this.conflict = { theirs, choices: new Map(merged.conflicts.map((field) => [field, 'mine'])) };
        await this.showAttention();
      } else if (this.isDirty) {
        await this.save();
      } else {
        this.finish({ profile, etag });
      }
    } catch (error) {
      await this.showFailure(error);
    }
  }

  private finish(saved: VersionedProfile): void {
    this.adopt(saved);
    this.outcome = { kind: 'saved' };
    this.dispatchEvent(new ZenskarProfileSavedEvent(saved.profile.customer_name));
  }

  private async showFailure(error: unknown): Promise<void> {
    if (this.draft && error instanceof ApiError && error.status === 422) {
      this.problems = problemsOfDetail(error.detail, this.draft);
      this.summary = this.problems;
    }
    if (Object.keys(this.problems).length === 0) this.outcome = { kind: 'failed', error };
    await this.showAttention();
  }

  private async showAttention(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[data-attention]')?.focus();
  }

  private focusField(path: string): void {
    const id = CSS.escape(path);
    this.renderRoot.querySelector<HTMLElement>(`#${id}, [id^="${id}."]`)?.focus();
  }

  private handleChoose({ field, choice }: ConflictChoiceEvent): void {
    if (!this.conflict) return;
    this.conflict = { ...this.conflict, choices: new Map(this.conflict.choices).set(field, choice) };
  }

  /** Loads the profile again, unless something was typed that is not saved. */
  async refresh(): Promise<void> {
    if (!this.isDirty) await this.loading.run();
  }

  override render(): unknown {
    const { ctx, draft, loading } = this;
    const t = ctx.localizer.in(profileMessages);
    return html`
      <div class="page">
        <div>
          <h2 tabindex="-1">${t('profile.title')}</h2>
          <p class="muted">${t('profile.intro')}</p>
        </div>
        ${
          draft
            ? ctx.readOnly
              ? html`<zk-profile-facts .ctx=${ctx} .draft=${draft}></zk-profile-facts>`
              : this.renderForm(draft)
            : renderTask(loading, {
                pending: () => html`<zk-outline .ctx=${ctx}></zk-outline>`,
                error: (error) =>
                  errorState({
                    localizer: ctx.localizer,
                    failure: failureOf(error),
                    retry: () => void loading.run(),
                  }),
                complete: () => nothing,
              })
        }
      </div>
    `;
  }

  private renderForm(draft: ProfileDraft): TemplateResult {
    const { ctx, conflict, outcome } = this;
    if (this.countries.locale !== ctx.locale) {
      this.countries = { locale: ctx.locale, list: this.listCountries(ctx.locale) };
    }
    return html`
      <form novalidate @submit=${this.handleSubmit}>
        ${
          Object.keys(this.summary).length > 0
            ? problemSummary(this.summary, ctx, (path) => this.focusField(path))
            : nothing
        }
        ${
          conflict
            ? html`<zk-profile-conflict
                role="alert"
                tabindex="-1"
                data-attention
                .ctx=${ctx}
                .draft=${draft}
                .conflict=${conflict}
                @zk-conflict-choice=${this.handleChoose}
              ></zk-profile-conflict>`
            : nothing
        }
        ${profileFields({
          ctx,
          draft,
          countries: this.countries.list,
          problems: this.problems,
          onChange: (part, path) => this.handleChange(part, path),
          onLeave: (path) => this.handleLeave(path),
        })}
        ${liveRegion(this.leftProblem)} ${outcome.kind === 'failed' ? saveFailure(outcome.error, ctx) : nothing}
        ${formActions({ ctx, outcome, canDiscard: this.isDirty, onDiscard: () => this.handleDiscard() })}
      </form>
    `;
  }
}

/** The problems that are not about the field at `path` or a part of it. */
const without = (problems: Problems, path: string): Problems =>
  Object.fromEntries(Object.entries(problems).filter(([known]) => known !== path && !known.startsWith(`${path}.`)));

declare global {
  interface HTMLElementTagNameMap {
    'zk-profile-page': ZkProfilePage;
  }
}
