import { hostedTexts } from '../hosted-texts.ts';

export const texts = hostedTexts({
  'hosted.title': '{merchant} – Abrechnung',
  'hosted.home': 'Abrechnungsportal',
  'hosted.home_text':
    'Öffnen Sie es über die Website Ihres Rechnungsstellers oder über den Link, den Sie erhalten haben.',
  'hosted.continue_title': 'Weiter zu {merchant}',
  'hosted.continue_text': 'Dieser Link öffnet das Abrechnungsportal von {customer}.',
  'hosted.continue': 'Weiter als {customer}',
  'hosted.replace_title': 'Anderes Konto öffnen?',
  'hosted.replace_text':
    'Sie sind als {current} angemeldet. Dieser Link öffnet stattdessen das Abrechnungsportal von {customer}.',
  'hosted.opening': 'Das Abrechnungsportal wird geöffnet …',
  'hosted.ended': 'Ihre Sitzung ist beendet',
  'hosted.ended_text':
    'Zu Ihrer Sicherheit schließt sich das Portal nach einiger Zeit. Öffnen Sie es erneut von dort, woher Sie kamen.',
  'hosted.signed_out': 'Sie sind abgemeldet',
  'hosted.signed_out_text': 'Sie können diese Seite schließen.',
  'hosted.unopened': 'Öffnen Sie Ihren Link noch einmal',
  'hosted.unopened_text':
    'Zu Ihrer Sicherheit merkt sich diese Seite den Link nicht. Gehen Sie dorthin zurück, wo Sie ihn erhalten haben, und öffnen Sie ihn erneut.',
  'hosted.used': 'Dieser Link ist nicht mehr gültig',
  'hosted.used_text': 'Jeder Link öffnet das Portal nur einmal und nur für wenige Minuten. Fordern Sie einen neuen an.',
  'hosted.framed_text': 'Laden Sie die umgebende Seite neu, um das Portal wieder zu öffnen.',
  'hosted.failed': 'Das Portal konnte nicht geöffnet werden',
  'hosted.failed_text': 'Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  'hosted.retry': 'Erneut versuchen',
  'hosted.return': 'Zurück zu {merchant}',
});
