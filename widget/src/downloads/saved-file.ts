/** A file that came, and what it is to be called. */
export interface SavedFile {
  name: string;
  content: Blob;
}

/** The name in a Content-Disposition header; null when it says none. */
export function fileNameOf(disposition: string): string | null {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? [];
  const [, plain] = /filename="?([^";]+)"?/i.exec(disposition) ?? [];
  try {
    return encoded ? decodeURIComponent(encoded) : (plain ?? null);
  } catch {
    return plain ?? null;
  }
}

/** Takes an answer as a file. The token went along as a header, so that no address of a file holds it. */
export async function readFile(response: Response): Promise<SavedFile | undefined> {
  if (!response.ok) return response.json().catch(() => undefined);
  const content = await response.blob();
  return { name: fileNameOf(response.headers.get('content-disposition') ?? '') ?? 'download', content };
}

/** Hands the file to the browser's downloads. */
export function saveFile({ name, content }: SavedFile): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read the address only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
