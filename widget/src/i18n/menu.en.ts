/** Entries of the account menu, loaded when it is first opened. */
export const menuMessages = {
  'menu.language': 'Language',
  'menu.back': 'Back',
  'menu.sign_out': 'Sign out',
} as const;
