import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { Section } from '#contract/sessions.ts';
import { commandLine } from '../audit/audit.service.ts';
import { addCommand, databaseUrlOf, withDatabase } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { transact } from '../database/transaction.ts';
import { inOrganisationOf, parseOriginOption, withOrganisationOption } from '../organisations/organisation-option.ts';
import { brandingOf, withBrandingOptions } from './branding-options.ts';
import type { BrandingOptions } from './branding-options.ts';
import { getConfiguration, replaceConfiguration } from './configuration.service.ts';

interface ConfigureOptions extends BrandingOptions {
  origin?: string[];
  returnOrigin?: string[];
  sections?: Section[];
}

const sections = (text: string): Section[] => {
  const { data } = Section.array().min(1).safeParse(text.split(/[ ,]+/));
  if (data === undefined) {
    throw new InvalidArgumentError(`Expected some of ${Section.options.join(' ')}.`);
  }
  return data;
};

const listOf = (values: readonly string[]): string => (values.length === 0 ? 'none' : values.join(' '));

export const addConfigureCommand = (organisation: Command, terminal: Terminal): void => {
  withBrandingOptions(
    withOrganisationOption(
      addCommand(
        organisation,
        terminal,
        'configure',
        'change how the portal is set up; without anything to change, show it',
        (command) => {
          const options = command.opts<ConfigureOptions>();
          return withDatabase(databaseUrlOf(terminal), (db) =>
            inOrganisationOf(db, command, async (scope) => {
              const { configuration } = await transact(db, async (trx) => {
                const { branding, ...before } = (await getConfiguration(trx, scope)).configuration;
                return replaceConfiguration(
                  trx,
                  terminal.clock,
                  scope,
                  { actor: commandLine },
                  {
                    settings: {
                      branding: { ...branding, ...brandingOf(options) },
                      allowed_origins: options.origin ?? before.allowed_origins,
                      return_origins: options.returnOrigin ?? before.return_origins,
                      sections: options.sections ?? before.sections,
                    },
                    ifMatch: undefined,
                  },
                );
              });
              const { organisation: named, branding, allowed_origins, return_origins } = configuration;
              return {
                document: configuration,
                text: [
                  `${named.id}  ${named.name}`,
                  ...Object.entries(branding).map(([name, value]) => `${name}: ${value ?? 'none'}`),
                  `allowed_origins: ${listOf(allowed_origins)}`,
                  `return_origins: ${listOf(return_origins)}`,
                  `sections: ${configuration.sections.join(' ')}`,
                ].join('\n'),
              };
            }),
          );
        },
      ),
    ),
  )
    .option('--origin <origin>', 'where the portal may be embedded, instead of those set; repeat', parseOriginOption)
    .option('--return-origin <origin>', 'where return_url may lead, instead of those set; repeat', parseOriginOption)
    .option('--sections <names>', 'what a session shows that does not name its sections', sections);
};
