export interface ProductTable {
  organisation_id: string;
  id: string;
  name: string;
  created_at: string;
  updated_at: string;
  external_id: string | null;
}
