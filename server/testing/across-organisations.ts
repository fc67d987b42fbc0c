import { aroundAll } from 'vitest';
import { acrossOrganisations } from '../database/organisation-context.ts';

// Tests look into the database as its owner would; the server's requests have their own organisation all the same.
aroundAll((runSuite) => acrossOrganisations(runSuite));
