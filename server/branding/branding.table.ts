export interface BrandingTable {
  organisation_id: string;
  logo_url: string | null;
  accent: string | null;
}
