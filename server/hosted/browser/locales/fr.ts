import { hostedTexts } from '../hosted-texts.ts';

export const texts = hostedTexts({
  'hosted.title': 'Facturation {merchant}',
  'hosted.home': 'Portail de facturation',
  'hosted.home_text': 'Ouvrez-le depuis le site de l’entreprise qui vous facture ou par le lien qu’elle vous a envoyé.',
  'hosted.continue_title': 'Continuer vers {merchant}',
  'hosted.continue_text': 'Ce lien ouvre le portail de facturation de {customer}.',
  'hosted.continue': 'Continuer en tant que {customer}',
  'hosted.replace_title': 'Ouvrir un autre compte ?',
  'hosted.replace_text':
    'Vous êtes connecté en tant que {current}. Ce lien ouvre à la place le portail de facturation de {customer}.',
  'hosted.opening': 'Ouverture du portail de facturation…',
  'hosted.ended': 'Votre session est terminée',
  'hosted.ended_text':
    'Pour votre sécurité, le portail se ferme au bout d’un certain temps. Rouvrez-le depuis votre point de départ.',
  'hosted.signed_out': 'Vous êtes déconnecté',
  'hosted.signed_out_text': 'Vous pouvez fermer cette page.',
  'hosted.unopened': 'Ouvrez à nouveau votre lien',
  'hosted.unopened_text':
    'Pour votre sécurité, cette page ne conserve pas le lien. Retournez là où vous l’avez obtenu et ouvrez-le à nouveau.',
  'hosted.used': 'Ce lien n’est plus valable',
  'hosted.used_text':
    'Chaque lien ouvre le portail une seule fois, et pendant quelques minutes seulement. Demandez-en un nouveau.',
  'hosted.framed_text': 'Rechargez la page qui l’entoure pour rouvrir le portail.',
  'hosted.failed': 'Le portail n’a pas pu s’ouvrir',
  'hosted.failed_text': 'Vérifiez votre connexion, puis réessayez.',
  'hosted.retry': 'Réessayer',
  'hosted.return': 'Retour à {merchant}',
});
