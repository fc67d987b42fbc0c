import type { DraftField } from '../profile-draft.ts';

export type Choice = 'mine' | 'theirs';

/** The customer chose which value of a field to keep. */
export class ConflictChoiceEvent extends Event {
  readonly field: DraftField;
  readonly choice: Choice;

  constructor(field: DraftField, choice: Choice) {
    super('zk-conflict-choice');
    this.field = field;
    this.choice = choice;
  }
}

declare global {
  interface HTMLElementEventMap {
    'zk-conflict-choice': ConflictChoiceEvent;
  }
}
