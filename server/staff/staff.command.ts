import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, CommandError, databaseUrlOf, withDatabase } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { transact } from '../database/transaction.ts';
import { organisationOf, withOrganisationOption } from '../organisations/organisation-option.ts';
import { newSecret } from '../secrets.ts';
import { hashPassword } from './password.ts';
import { findStaffByEmail } from './staff.repository.ts';
import { createStaff } from './staff.service.ts';

interface CreateOptions {
  email: string;
  name: string;
  passwordStdin?: boolean;
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

export const addStaffCommands = (program: Command, terminal: Terminal): void => {
  const staff = program.command('staff').description('people who log in to the console');
  withOrganisationOption(
    addCommand(staff, terminal, 'create', 'let somebody log in to the console', async (command) => {
      const { email, name, passwordStdin } = command.opts<CreateOptions>();
      if (!z.email().safeParse(email).success) {
        throw new CommandError('email_invalid', `${email} is not an e-mail address`);
      }
      const password = passwordStdin === true ? await passwordFrom(terminal) : newSecret().slice(0, generatedLength);
      const passwordHash = await hashPassword(password);
      return withDatabase(databaseUrlOf(terminal), async (db) => {
        const { scope } = await organisationOf(db, command);
        if ((await findStaffByEmail(db, email.toLowerCase())) !== undefined) {
          throw new CommandError('email_taken', `${email} logs in already`);
        }
        const id = await transact(db, (trx) => createStaff(trx, terminal.clock, scope, { email, name, passwordHash }));
        return {
          document: { id, email, name, ...(passwordStdin === true ? {} : { password }) },
          text:
            passwordStdin === true
              ? `${email} can log in.`
              : `${email} can log in with ${password}\nThis is the only time that the password is shown.`,
        };
      });
    }),
  )
    .requiredOption('--email <address>', 'to log in with')
    .requiredOption('--name <name>', 'shown to customers in a staff view')
    .option('--password-stdin', 'read the password from standard input (default: one is made and shown once)');
};
