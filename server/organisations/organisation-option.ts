import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { parseOrigin } from '#contract/origins.ts';
import { collect, CommandError } from '../command-line/command-line.ts';
import { inOrganisation } from '../database/organisation-context.ts';
import type { Db } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { findOrganisation } from './organisations.service.ts';
import type { OrganisationTable } from './organisations.table.ts';

/** `--organisation`, for commands that work inside one. */
export const withOrganisationOption = (command: Command): Command =>
  command.requiredOption('--organisation <id>', 'the organisation');

/** The organisation that the command names. @throws CommandError when there is none */
export const organisationOf = async (
  db: Db,
  command: Command,
): Promise<{ scope: OrganisationScope; organisation: OrganisationTable }> => {
  const { organisation: organisationId } = command.opts<{ organisation: string }>();
  const organisation = await findOrganisation(db, { organisationId });
  if (organisation === undefined) {
    throw new CommandError('organisation_not_found', `There is no organisation ${organisationId}`);
  }
  return { scope: { organisationId }, organisation };
};

/**
 * Does a command's work inside the organisation that it names: it sees and writes that one's rows only, and waits for no
 * other's writers.
 * @throws CommandError when there is none
 */
export const inOrganisationOf = async <Result>(
  db: Db,
  command: Command,
  work: (scope: OrganisationScope, organisation: OrganisationTable) => Promise<Result>,
): Promise<Result> => {
  const { scope, organisation } = await organisationOf(db, command);
  return inOrganisation(scope.organisationId, () => work(scope, organisation));
};

/** The value of a repeatable option that names an origin. */
export const parseOriginOption = (text: string, earlier: string[] | undefined): string[] => {
  try {
    return collect(parseOrigin(text), earlier);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? `${error.message}.` : '');
  }
};
