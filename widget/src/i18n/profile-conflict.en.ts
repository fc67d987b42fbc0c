export const profileConflictMessages = {
  'profile.conflict': 'This profile was changed elsewhere',
  'profile.conflict_text': 'Somebody has saved other values since you opened it. Choose what to keep, then save.',
  'profile.keep_mine': 'Keep mine',
  'profile.use_theirs': 'Use theirs',
  'profile.nothing': 'Nothing',
} as const;
