import { Command } from 'commander';
import { rows } from './rows.ts';
import { runBench } from './run.ts';

const names = rows.map(({ name, about }) => `  ${name.padEnd(26)}${about}`).join('\n');

const program = new Command('npm run bench --')
  .description('Measures the portal against bare baselines in the same run.')
  .argument('[rows...]', 'measure these rows only, and keep the results of the others')
  .option('--quick', 'few short rounds on small data: shows that every row runs, and measures nothing')
  .option('--large', 'with 10,000,000 invoices, which take long to make the first time')
  .option('--strict', 'fail when a goal is not met')
  .option('--profile', 'take a profile of our server in each row, and print where its time goes')
  .option('--write-docs', 'write docs/benchmarks.md from the results')
  .option('--list', 'measure nothing; print the results that are there')
  .addHelpText('after', `\nRows:\n${names}`)
  .parse();

process.exitCode = await runBench(rows, program.args, program.opts());
// A database that was started here would hold the process.
process.exit();
