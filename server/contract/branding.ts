import { z } from 'zod';

/** The merchant's look. The widget uses it where the page's own CSS does not set the matching custom property. */
export const Branding = z
  .object({
    logo_url: z.string().nullable(),
    accent: z.string().nullable().describe('CSS hex colour.'),
  })
  .meta({ id: 'Branding' });
export type Branding = z.infer<typeof Branding>;
