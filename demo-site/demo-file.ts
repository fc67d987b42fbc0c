import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const DemoFile = z.object({
  api_url: z.url(),
  demo_url: z.url(),
  organisation_id: z.uuid(),
  api_key: z.string().min(1),
  customers: z.array(z.object({ id: z.uuid(), name: z.string(), note: z.string() })).min(1),
});

/** Somebody who can be logged in to Northwind Cloud. */
export interface Customer {
  id: string;
  name: string;
  note: string;
}

/** What this merchant's backend knows: its portal, its key, its customers. */
export interface Settings {
  apiUrl: string;
  siteUrl: string;
  organisationId: string;
  apiKey: string;
  customers: readonly [Customer, ...Customer[]];
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** @throws Error with one line for the terminal */
export const readDemoFile = async (path: string): Promise<Settings> => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`There is no ${path}: npm run demo makes it`);
  });
  const parsed = DemoFile.safeParse(jsonOf(text));
  const [first, ...rest] = parsed.data?.customers ?? [];
  if (!parsed.success || first === undefined) {
    throw new Error(`${path} is not what npm run demo writes: start the demo once with --reset`);
  }
  return {
    apiUrl: parsed.data.api_url,
    siteUrl: parsed.data.demo_url,
    organisationId: parsed.data.organisation_id,
    apiKey: parsed.data.api_key,
    customers: [first, ...rest],
  };
};
