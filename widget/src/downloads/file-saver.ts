import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { FilePath, PortalApi } from '../api/portal-api.ts';
import { downloadMessages } from '../i18n/downloads.en.ts';
import { failureOf } from '../ui/states/states.ts';
import type { ViewContext } from '../ui/view-context.ts';
import { readFile, saveFile } from './saved-file.ts';

/** Where files come from. */
export type FileSource = Pick<PortalApi, 'getFile'>;

export interface WantedFile {
  path: FilePath;
  params?: Record<string, string>;
  query?: object;
}

/** A long list takes its time. */
const timeoutMs = 300_000;

/** One download at a time of an element, and how it went. An element that leaves the page breaks it off. */
export class FileSaver implements ReactiveController {
  status: 'idle' | 'busy' | 'failed' = 'idle';
  /** The last file that was handed over; empty while there is none. */
  savedName = '';

  private readonly host: ReactiveControllerHost;
  private request: AbortController | undefined;
  private failureCode: string | undefined;

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.request?.abort();
    this.settle('idle');
  }

  /** Fetches the file and hands it to the browser; answers whether that worked. A second wish waits for nobody: it is dropped. */
  async save(source: FileSource, { path, params, query }: WantedFile): Promise<boolean> {
    if (this.status === 'busy') return false;
    const request = (this.request = new AbortController());
    this.savedName = '';
    this.settle('busy');
    try {
      const file = await source.getFile(path, {
        ...(params && { params }),
        ...(query && { query }),
        read: readFile,
        signal: request.signal,
        timeoutMs,
      });
      saveFile(file);
      this.savedName = file.name;
      this.settle('idle');
      return true;
    } catch (error) {
      if (request.signal.aborted) return false;
      this.failureCode = failureOf(error)?.code;
      this.settle('failed');
      return false;
    }
  }

  /** What is to be said of the failure; empty when there is none. */
  problem({ localizer }: ViewContext): string {
    if (this.status !== 'failed') return '';
    const t = localizer.in(downloadMessages);
    switch (this.failureCode) {
      case 'offline':
        return t('download.failed_offline');
      case 'scope_insufficient':
        return t('download.not_included');
      default:
        return t('download.failed');
    }
  }

  /** What is to be spoken: that it is under way, and that it is done. */
  announcement({ localizer }: ViewContext): string {
    const t = localizer.in(downloadMessages);
    if (this.status === 'busy') return t('download.working');
    return this.savedName && t('download.done', { name: this.savedName });
  }

  private settle(status: FileSaver['status']): void {
    this.status = status;
    this.host.requestUpdate();
  }
}
