import { createConfig, formatProblems, getTotals, lintFromString } from '@redocly/openapi-core';
import { openApiDocument } from './document.ts';

/** The dialect has `/invoices/external_id/{external_id}` beside `/invoices/{invoice_id}/summary`: ids are UUIDs. */
const ambiguousPaths = 'off';

const config = await createConfig({
  extends: ['recommended-strict'],
  rules: {
    'no-ambiguous-paths': ambiguousPaths,
    'operation-operationId': 'error',
    'operation-operationId-unique': 'error',
    'operation-operationId-url-safe': 'error',
    'operation-summary': 'error',
    'operation-4xx-response': 'error',
    'operation-tag-defined': 'error',
    'tag-description': 'error',
    'no-unused-components': 'error',
    'no-undefined-server-variable': 'error',
    'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: false },
    'no-invalid-parameter-examples': 'error',
    'no-invalid-schema-examples': 'error',
    'no-identical-paths': 'error',
    'no-path-trailing-slash': 'error',
    'path-params-defined': 'error',
  },
});

const problems = await lintFromString({
  source: JSON.stringify(openApiDocument('https://billing.example'), null, 2),
  absoluteRef: 'openapi.json',
  config,
});
const totals = getTotals(problems);
formatProblems(problems, { format: 'stylish', totals, version: '', maxProblems: 50 });
process.stdout.write(`The API document: ${totals.errors} errors, ${totals.warnings} warnings.\n`);
process.exitCode = totals.errors + totals.warnings === 0 ? 0 : 1;
