import { hostedTexts } from '../hosted-texts.ts';

export const texts = hostedTexts({
  'hosted.title': '{merchant}: faturamento',
  'hosted.home': 'Portal de faturamento',
  'hosted.home_text': 'Abra-o pelo site da empresa que emite suas faturas ou pelo link que ela enviou.',
  'hosted.continue_title': 'Continuar para {merchant}',
  'hosted.continue_text': 'Este link abre o portal de faturamento de {customer}.',
  'hosted.continue': 'Continuar como {customer}',
  'hosted.replace_title': 'Abrir outra conta?',
  'hosted.replace_text':
    'Você entrou como {current}. Este link abre, em vez disso, o portal de faturamento de {customer}.',
  'hosted.opening': 'Abrindo o portal de faturamento…',
  'hosted.ended': 'Sua sessão terminou',
  'hosted.ended_text':
    'Para sua segurança, o portal se fecha depois de algum tempo. Abra-o novamente a partir de onde você veio.',
  'hosted.signed_out': 'Você saiu da conta',
  'hosted.signed_out_text': 'Você já pode fechar esta página.',
  'hosted.unopened': 'Abra seu link novamente',
  'hosted.unopened_text':
    'Para sua segurança, esta página não guarda o link. Volte para onde você o recebeu e abra-o mais uma vez.',
  'hosted.used': 'Este link não funciona mais',
  'hosted.used_text':
    'Cada link abre o portal uma única vez e apenas por alguns minutos. Peça um novo onde você recebeu este.',
  'hosted.framed_text': 'Recarregue a página ao redor para abrir o portal novamente.',
  'hosted.failed': 'Não foi possível abrir o portal',
  'hosted.failed_text': 'Verifique sua conexão e tente novamente.',
  'hosted.retry': 'Tentar novamente',
  'hosted.return': 'Voltar para {merchant}',
});
