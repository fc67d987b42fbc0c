import { hostedTexts } from '../hosted-texts.ts';

export const texts = hostedTexts({
  'hosted.title': '{merchant}: facturación',
  'hosted.home': 'Portal de facturación',
  'hosted.home_text': 'Ábralo desde el sitio web de la empresa que le factura o con el enlace que le ha enviado.',
  'hosted.continue_title': 'Continuar a {merchant}',
  'hosted.continue_text': 'Este enlace abre el portal de facturación de {customer}.',
  'hosted.continue': 'Continuar como {customer}',
  'hosted.replace_title': '¿Abrir otra cuenta?',
  'hosted.replace_text':
    'Ha iniciado sesión como {current}. Este enlace abre en su lugar el portal de facturación de {customer}.',
  'hosted.opening': 'Abriendo el portal de facturación…',
  'hosted.ended': 'Su sesión ha terminado',
  'hosted.ended_text':
    'Por su seguridad, el portal se cierra al cabo de un tiempo. Vuelva a abrirlo desde donde llegó.',
  'hosted.signed_out': 'Ha cerrado la sesión',
  'hosted.signed_out_text': 'Ya puede cerrar esta página.',
  'hosted.unopened': 'Vuelva a abrir su enlace',
  'hosted.unopened_text':
    'Por su seguridad, esta página no guarda el enlace. Regrese a donde lo obtuvo y ábralo de nuevo.',
  'hosted.used': 'Este enlace ya no funciona',
  'hosted.used_text':
    'Cada enlace abre el portal una sola vez y solo durante unos minutos. Solicite uno nuevo donde obtuvo este.',
  'hosted.framed_text': 'Recargue la página que lo contiene para volver a abrir el portal.',
  'hosted.failed': 'No se ha podido abrir el portal',
  'hosted.failed_text': 'Compruebe su conexión y vuelva a intentarlo.',
  'hosted.retry': 'Reintentar',
  'hosted.return': 'Volver a {merchant}',
});
