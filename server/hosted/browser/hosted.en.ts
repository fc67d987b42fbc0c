/** English, for what the hosted page says before and after the portal. */
export const hostedMessages = {
  'hosted.title': '{merchant} billing',
  'hosted.home': 'Billing portal',
  'hosted.home_text': 'Open it from the website of the company that bills you, or by the link that it sent you.',
  'hosted.continue_title': 'Continue to {merchant}',
  'hosted.continue_text': 'This link opens the billing portal of {customer}.',
  'hosted.continue': 'Continue as {customer}',
  'hosted.replace_title': 'Open another account?',
  'hosted.replace_text': 'You are signed in as {current}. This link opens the billing portal of {customer} instead.',
  'hosted.opening': 'Opening the billing portal …',
  'hosted.ended': 'Your session has ended',
  'hosted.ended_text': 'For your security, the portal closes after a while. Open it again from where you came.',
  'hosted.signed_out': 'You are signed out',
  'hosted.signed_out_text': 'You can close this page.',
  'hosted.unopened': 'Open your link again',
  'hosted.unopened_text':
    'For your security, this page does not keep the link. Go back to where you got it and open it once more.',
  'hosted.used': 'This link no longer works',
  'hosted.used_text':
    'Each link opens the portal once, and only for a few minutes. Ask for a new one where you got this.',
  'hosted.framed_text': 'Reload the page around it to open the portal again.',
  'hosted.failed': 'The portal could not be opened',
  'hosted.failed_text': 'Check your connection and try again.',
  'hosted.retry': 'Try again',
  'hosted.return': 'Return to {merchant}',
} as const;
