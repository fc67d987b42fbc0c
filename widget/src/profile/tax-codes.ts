/** Kinds of tax ids, by the names they go by where they are used. */
export const taxCodes: Readonly<Record<string, string>> = {
  ae_trn: 'AE TRN',
  au_abn: 'AU ABN',
  br_cnpj: 'BR CNPJ',
  ca_gst_hst: 'CA GST/HST',
  ch_vat: 'CH VAT',
  eu_vat: 'EU VAT',
  gb_vat: 'GB VAT',
  in_gst: 'IN GSTIN',
  jp_trn: 'JP TRN',
  kr_brn: 'KR BRN',
  mx_rfc: 'MX RFC',
  no_vat: 'NO VAT',
  nz_gst: 'NZ GST',
  sa_vat: 'SA VAT',
  sg_gst: 'SG GST',
  us_ein: 'US EIN',
  za_vat: 'ZA VAT',
};

/** `EU VAT`; a kind that is not known is shown readably. */
export const taxCodeName = (code: string): string => taxCodes[code] ?? code.replaceAll('_', ' ').toUpperCase();
