import { benchExport } from './export.ts';
import { printTable } from './result.ts';
printTable(await benchExport());
