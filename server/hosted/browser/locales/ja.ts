import { hostedTexts } from '../hosted-texts.ts';

export const texts = hostedTexts({
  'hosted.title': '{merchant} のご請求',
  'hosted.home': '請求ポータル',
  'hosted.home_text': '請求元の会社のウェブサイト、または届いたリンクから開いてください。',
  'hosted.continue_title': '{merchant} に進む',
  'hosted.continue_text': 'このリンクは {customer} の請求ポータルを開きます。',
  'hosted.continue': '{customer} として続ける',
  'hosted.replace_title': '別のアカウントを開きますか？',
  'hosted.replace_text':
    '現在 {current} としてログインしています。このリンクは代わりに {customer} の請求ポータルを開きます。',
  'hosted.opening': '請求ポータルを開いています…',
  'hosted.ended': 'セッションが終了しました',
  'hosted.ended_text': '安全のため、ポータルは一定時間が経つと終了します。元のページからもう一度開いてください。',
  'hosted.signed_out': 'ログアウトしました',
  'hosted.signed_out_text': 'このページを閉じて構いません。',
  'hosted.unopened': 'リンクをもう一度開いてください',
  'hosted.unopened_text':
    '安全のため、このページはリンクを保存しません。リンクを受け取った場所に戻り、もう一度開いてください。',
  'hosted.used': 'このリンクは使えなくなりました',
  'hosted.used_text':
    'リンクは 1 回だけ、数分間に限りポータルを開けます。受け取った場所で新しいリンクをご依頼ください。',
  'hosted.framed_text': 'ポータルを再び開くには、外側のページを再読み込みしてください。',
  'hosted.failed': 'ポータルを開けませんでした',
  'hosted.failed_text': '接続を確認してから再試行してください。',
  'hosted.retry': '再試行',
  'hosted.return': '{merchant} に戻る',
});
