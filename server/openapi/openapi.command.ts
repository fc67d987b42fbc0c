import type { Command } from 'commander';
import { addCommand } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { openApiDocument } from './document.ts';

const defaultUrl = 'http://localhost:4000';

export const addOpenApiCommand = (program: Command, terminal: Terminal): void => {
  addCommand(program, terminal, 'openapi', 'print the OpenAPI document of the server at PUBLIC_URL', () => {
    const document = openApiDocument(terminal.environment['PUBLIC_URL'] ?? defaultUrl);
    return Promise.resolve({ document, text: JSON.stringify(document, null, 2) });
  });
};
