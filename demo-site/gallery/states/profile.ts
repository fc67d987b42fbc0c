import { ApiError } from '../../../widget/src/api/api-error.ts';
import { fullProfile, versioned } from '../../../widget/src/testing/profile-fixtures.ts';
import { failing, never } from '../records.ts';
import type { Hands } from '../hands.ts';
import type { ElementState } from '../state.ts';

const profile = (name: string, title: string, part: Partial<ElementState> = {}): ElementState => ({
  name,
  title,
  group: 'Profile',
  tag: 'zenskar-profile',
  ...part,
});

const rename = (hands: Hands): Promise<void> => hands.type('Meridian Group', '#customer_name');
const save = async (hands: Hands): Promise<void> => {
  await rename(hands);
  await hands.press('[type=submit]');
};

/** Somebody else has saved first: another name, another e-mail. */
const outdated = (): Partial<ElementState> => {
  let isFirst = true;
  return {
    api: {
      getProfile: () => {
        const answer = isFirst
          ? versioned()
          : versioned({ customer_name: 'Meridian Holding', email: 'ap@meridian.example' }, '"2"');
        isFirst = false;
        return Promise.resolve(answer);
      },
      updateProfile: failing('precondition_failed'),
    },
  };
};

export const profileStates: readonly ElementState[] = [
  profile('profile', 'Form'),
  profile('profile-full', 'Form, everything filled in', {
    api: { getProfile: () => Promise.resolve(versioned(fullProfile)) },
  }),
  profile('profile-loading', 'Loading', { api: { getProfile: never }, isPending: true }),
  profile('profile-error', 'Failed', { api: { getProfile: failing() } }),
  profile('profile-read-only', 'Read-only', {
    session: { read_only: true },
    api: { getProfile: () => Promise.resolve(versioned(fullProfile)) },
  }),
  profile('profile-changed', 'Changed, not saved', { act: rename }),
  profile('profile-problems', 'Problems in the form', {
    act: async (hands) => {
      await hands.type('', '#customer_name');
      await hands.type('accounts at meridian', '#email');
      await hands.press('[type=submit]');
      await hands.find('[data-attention]');
    },
  }),
  profile('profile-refused', 'Refused by the server', {
    api: {
      updateProfile: () =>
        Promise.reject(
          new ApiError('request_invalid', 'Refused', {
            status: 422,
            detail: [{ loc: ['body', 'email'], msg: 'Another customer has this e-mail address', type: 'custom' }],
          }),
        ),
    },
    act: async (hands) => {
      await save(hands);
      await hands.find('[data-attention]');
    },
  }),
  profile('profile-saving', 'Saving', { api: { updateProfile: never }, act: save }),
  profile('profile-saved', 'Saved', {
    act: async (hands) => {
      await save(hands);
      await hands.find('.saved svg');
    },
  }),
  profile('profile-save-failed', 'Saving failed', {
    api: { updateProfile: failing() },
    act: async (hands) => {
      await save(hands);
      await hands.find('[data-attention]');
    },
  }),
  profile('profile-conflict', 'Changed elsewhere', {
    ...outdated(),
    act: async (hands) => {
      await save(hands);
      await hands.find('zk-profile-conflict', 'input');
    },
  }),
];
