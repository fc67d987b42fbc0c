import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, CommandError, databaseUrlOf, withDatabase } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { acrossOrganisations } from '../database/organisation-context.ts';
import { transact } from '../database/transaction.ts';
import type { Db } from '../database/transaction.ts';
import { inOrganisationOf, withOrganisationOption } from '../organisations/organisation-option.ts';
import type { OrganisationScope } from '../scope.ts';
import { newSecret } from '../secrets.ts';
import { hashPassword } from './password.ts';
import { findStaffByEmail, listStaff } from './staff.repository.ts';
import { changePassword, createStaff } from './staff.service.ts';
import type { StaffTable } from './staff.table.ts';

interface PasswordOptions {
  email: string;
  passwordStdin?: boolean;
}

interface CreateOptions extends PasswordOptions {
  name: string;
}

/** A password's hash, and what the command answers: the password itself only when it was made here. */
interface NewPassword {
  passwordHash: string;
  shown: { password?: string };
  text: string;
}

const minimumLength = 12;
const generatedLength = 20;

const passwordFrom = async (terminal: Terminal): Promise<string> => {
  const password = (await text(terminal.stdin)).replace(/\r?\n$/, '');
  if (password.length < minimumLength) {
    throw new CommandError('password_too_short', `The password must have at least ${minimumLength} characters`);
  }
  return password;
};

/** What was given on standard input, else a new one, which the answer then shows. */
const passwordFor = async (terminal: Terminal, { email, passwordStdin }: PasswordOptions): Promise<NewPassword> => {
  if (passwordStdin === true) {
    return { passwordHash: await hashPassword(await passwordFrom(terminal)), shown: {}, text: `${email} can log in.` };
  }
  const password = newSecret().slice(0, generatedLength);
  return {
    passwordHash: await hashPassword(password),
    shown: { password },
    text: `${email} can log in with ${password}\nThis is the only time that the password is shown.`,
  };
};

const memberOf = async (db: Db, { organisationId }: OrganisationScope, email: string): Promise<StaffTable> => {
  const member = await findStaffByEmail(db, email.toLowerCase());
  if (member?.organisation_id !== organisationId) {
    throw new CommandError('staff_not_found', `${email} does not log in to this organisation`);
  }
  return member;
};

export const addStaffCommands = (program: Command, terminal: Terminal): void => {
  const staff = program.command('staff').description('people who log in to the console');
  withOrganisationOption(
    addCommand(staff, terminal, 'create', 'let somebody log in to the console', async (command) => {
      const options = command.opts<CreateOptions>();
      const { email, name } = options;
      if (!z.email().safeParse(email).success) {
        throw new CommandError('email_invalid', `${email} is not an e-mail address`);
      }
      const { passwordHash, shown, text } = await passwordFor(terminal, options);
      return withDatabase(databaseUrlOf(terminal), (db) =>
        inOrganisationOf(db, command, async (scope) => {
          const known = await acrossOrganisations(() => findStaffByEmail(db, email.toLowerCase()));
          if (known !== undefined) {
            throw new CommandError('email_taken', `${email} logs in already`);
          }
          const id = await transact(db, (trx) =>
            createStaff(trx, terminal.clock, scope, { email, name, passwordHash }),
          );
          return { document: { id, email, name, ...shown }, text };
        }),
      );
    }),
  )
    .requiredOption('--email <address>', 'to log in with')
    .requiredOption('--name <name>', 'shown to customers in a staff view')
    .option('--password-stdin', 'read the password from standard input (default: one is made and shown once)');

  withOrganisationOption(
    addCommand(staff, terminal, 'list', 'show who logs in', (command) =>
      withDatabase(databaseUrlOf(terminal), (db) =>
        inOrganisationOf(db, command, async (scope) => {
          const members = await listStaff(db, scope);
          return {
            document: { results: members.map(({ id, email, name, created_at }) => ({ id, email, name, created_at })) },
            text:
              members.length === 0 ? 'Nobody logs in.' : members.map((row) => `${row.email}  ${row.name}`).join('\n'),
          };
        }),
      ),
    ),
  );

  const change = (
    usage: 'password' | 'disable',
    description: string,
    newPassword: (options: PasswordOptions) => Promise<NewPassword>,
  ): Command =>
    withOrganisationOption(
      addCommand(staff, terminal, usage, description, async (command) => {
        const options = command.opts<PasswordOptions>();
        const { passwordHash, shown, text } = await newPassword(options);
        return withDatabase(databaseUrlOf(terminal), (db) =>
          inOrganisationOf(db, command, async (scope) => {
            const member = await memberOf(db, scope, options.email);
            const action = usage === 'password' ? 'staff.password_changed' : 'staff.disabled';
            await transact(db, (trx) => changePassword(trx, terminal.clock, scope, member, { passwordHash, action }));
            return { document: { id: member.id, email: member.email, ...shown }, text };
          }),
        );
      }),
    ).requiredOption('--email <address>', 'who');

  change('password', 'give somebody a new password, and end what the old one opened', (options) =>
    passwordFor(terminal, options),
  ).option('--password-stdin', 'read the password from standard input (default: one is made and shown once)');

  change('disable', 'take a login away, until it gets a new password', async ({ email }) => ({
    passwordHash: await hashPassword(newSecret()),
    shown: {},
    text: `${email} cannot log in any more.`,
  }));
};
