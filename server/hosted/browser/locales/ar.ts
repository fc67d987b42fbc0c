import { hostedTexts } from '../hosted-texts.ts';

export const texts = hostedTexts({
  'hosted.title': 'فواتير {merchant}',
  'hosted.home': 'بوابة الفواتير',
  'hosted.home_text': 'افتحوها من موقع الشركة التي تُصدر فواتيركم أو بالرابط الذي أرسلته إليكم.',
  'hosted.continue_title': 'المتابعة إلى {merchant}',
  'hosted.continue_text': 'يفتح هذا الرابط بوابة فواتير {customer}.',
  'hosted.continue': 'المتابعة باسم {customer}',
  'hosted.replace_title': 'هل تريدون فتح حساب آخر؟',
  'hosted.replace_text': 'أنتم مسجّلون باسم {current}. يفتح هذا الرابط بدلًا من ذلك بوابة فواتير {customer}.',
  'hosted.opening': 'جارٍ فتح بوابة الفواتير…',
  'hosted.ended': 'انتهت الجلسة',
  'hosted.ended_text': 'حفاظًا على أمانكم، تُغلق البوابة بعد مدة. يُرجى فتحها مجددًا من حيث أتيتم.',
  'hosted.signed_out': 'تم تسجيل الخروج',
  'hosted.signed_out_text': 'يمكنكم إغلاق هذه الصفحة.',
  'hosted.unopened': 'يُرجى فتح الرابط مرة أخرى',
  'hosted.unopened_text':
    'حفاظًا على أمانكم، لا تحتفظ هذه الصفحة بالرابط. يُرجى العودة إلى حيث حصلتم عليه وفتحه مرة أخرى.',
  'hosted.used': 'لم يعد هذا الرابط صالحًا',
  'hosted.used_text': 'يفتح كل رابط البوابة مرة واحدة ولبضع دقائق فقط. يُرجى طلب رابط جديد من حيث حصلتم على هذا.',
  'hosted.framed_text': 'يُرجى إعادة تحميل الصفحة المحيطة لفتح البوابة من جديد.',
  'hosted.failed': 'تعذّر فتح البوابة',
  'hosted.failed_text': 'يُرجى التحقق من الاتصال ثم إعادة المحاولة.',
  'hosted.retry': 'إعادة المحاولة',
  'hosted.return': 'العودة إلى {merchant}',
});
