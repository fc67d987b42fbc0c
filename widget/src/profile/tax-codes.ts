/** Kinds of tax ids. */
export const taxCodes = (
  'ae_trn au_abn br_cnpj ca_gst_hst ch_vat eu_vat gb_vat in_gst jp_trn kr_brn mx_rfc no_vat nz_gst sa_vat sg_gst us_ein ' +
  'za_vat'
).split(' ');

/** The name that a kind goes by where it is used: `EU VAT`, `CA GST/HST`. One that is not known is shown readably. */
export const taxCodeName = (code: string): string =>
  code
    .replace('gst_hst', 'gst/hst')
    .replace(/^in_gst$/, 'in_gstin')
    .replaceAll('_', ' ')
    .toUpperCase();
