import type { Report } from './report.ts';
export const writeDocumentation = async (_report: Report): Promise<void> => {};
