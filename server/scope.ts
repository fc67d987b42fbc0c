/** The tenant whose rows may be touched. First argument of every repository read. */
export interface OrganisationScope {
  organisationId: string;
}

/** The customer whose rows may be read, and nobody else's. */
export interface CustomerScope extends OrganisationScope {
  customerId: string;
}
