import { migrationOf } from './statements.ts';

/** Keys were made with one scope that nobody checked, and could do everything; so they still can. */
export const apiKeyScopes = migrationOf(`
update api_key set scopes = 'sessions read write';
`);
