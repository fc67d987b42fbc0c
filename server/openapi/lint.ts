import { formatProblems, getTotals } from '@redocly/openapi-core';
import { openApiDocument } from './document.ts';
import { lintDocument } from './lint-document.ts';

const problems = await lintDocument(openApiDocument('https://billing.example'));
const totals = getTotals(problems);
formatProblems(problems, { format: 'stylish', totals, version: '', maxProblems: 50 });
process.stdout.write(`The API document: ${totals.errors} errors, ${totals.warnings} warnings.\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
