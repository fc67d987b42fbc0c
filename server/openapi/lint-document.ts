import { createConfig, lintFromString } from '@redocly/openapi-core';
import type { NormalizedProblem } from '@redocly/openapi-core';

/** The dialect has `/invoices/external_id/{external_id}` beside `/invoices/{invoice_id}/summary`: ids are UUIDs. */
const ambiguousPaths = 'off';

const readConfig = () =>
  createConfig({
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

/** What Redocly finds wrong with an OpenAPI document. */
export const lintDocument = async (document: unknown): Promise<NormalizedProblem[]> =>
  lintFromString({
    source: JSON.stringify(document, null, 2),
    absoluteRef: 'openapi.json',
    config: await readConfig(),
  });
