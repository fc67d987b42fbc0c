import { draftFields, isSameField, takeField } from '../profile-draft.ts';
import type { DraftField, ProfileDraft } from '../profile-draft.ts';

/**
 * Brings a draft onto a profile that has changed on the server meanwhile. Fields that only the other side changed are
 * taken over; those that both changed, and not to the same, are for the customer to decide.
 */
export function rebase(
  draft: ProfileDraft,
  stored: ProfileDraft,
  theirs: ProfileDraft,
): { draft: ProfileDraft; conflicts: DraftField[] } {
  const untouched = draftFields.filter((field) => isSameField(draft, stored, field));
  return {
    draft: untouched.reduce((merged, field) => takeField(merged, theirs, field), draft),
    conflicts: draftFields.filter(
      (field) =>
        !untouched.includes(field) && !isSameField(stored, theirs, field) && !isSameField(draft, theirs, field),
    ),
  };
}
