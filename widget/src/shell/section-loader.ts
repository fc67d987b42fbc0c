import type { Section } from '#contract/sessions.ts';

const imports: Record<Exclude<Section, 'invoices'>, () => Promise<unknown>> = {
  payments: () => import('../payments/define.ts'),
  entitlements: () => import('../entitlements/define.ts'),
  profile: () => import('../profile/define.ts'),
};

type LoadState = 'loading' | 'loaded' | 'failed';

/** Loads the code of a section when it is first shown. The code of the invoices is always there. */
export class SectionLoader {
  private readonly states = new Map<Section, LoadState>([['invoices', 'loaded']]);
  private readonly onChange: () => void;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** Where the code of `section` is; asks for it when nobody has. */
  load(section: Section): LoadState {
    const known = this.states.get(section);
    if (known || section === 'invoices') return known ?? 'loaded';
    this.states.set(section, 'loading');
    imports[section]().then(
      () => this.settle(section, 'loaded'),
      () => this.settle(section, 'failed'),
    );
    return 'loading';
  }

  retry(section: Section): void {
    this.states.delete(section);
    this.onChange();
  }

  private settle(section: Section, state: LoadState): void {
    this.states.set(section, state);
    this.onChange();
  }
}
