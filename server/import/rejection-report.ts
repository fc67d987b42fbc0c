import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { CommandError, reasonOf } from '../command-line/command-line.ts';
import type { Rejection } from './import-batch.ts';

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

const lineOf = (values: readonly string[]): string => `${values.map(quoted).join(',')}\n`;

/** The file of rejected rows: their line, the reason, and the row as it was. */
export class RejectionReport {
  private readonly path: string;
  private readonly file: FileHandle;
  private count = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.file = file;
  }

  /** @throws CommandError when the file cannot be written */
  static async open(path: string, header: readonly string[]): Promise<RejectionReport> {
    try {
      const report = new RejectionReport(path, await open(path, 'w'));
      await report.file.write(lineOf(['line', 'reason', ...header]));
      return report;
    } catch (error) {
      throw new CommandError('report_not_writable', `Cannot write the report ${path}: ${reasonOf(error)}`);
    }
  }

  async add(rejections: readonly Rejection[]): Promise<void> {
    this.count += rejections.length;
    await this.file.write(
      rejections.map(({ line, reason, values }) => lineOf([String(line), reason, ...values])).join(''),
    );
  }

  /** Answers where the report is; a report of nothing is removed. */
  async close(): Promise<string | null> {
    await this.file.close();
    if (this.count === 0) {
      await rm(this.path, { force: true });
      return null;
    }
    return this.path;
  }
}
