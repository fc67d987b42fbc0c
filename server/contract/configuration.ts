import { z } from 'zod';
import { Branding } from './branding.ts';
import type { Operations } from './operation.ts';
import { Id } from './primitives.ts';
import { Section } from './sessions.ts';

/** How the organisation's portal is set up. */
export const PortalConfiguration = z
  .object({
    organisation: z.object({ id: Id, name: z.string() }),
    branding: Branding,
    allowed_origins: z.array(z.string()).describe('Where the portal may be embedded'),
    return_origins: z
      .array(z.string())
      .describe('Where a return_url may lead; none: wherever the rules for a return_url allow'),
    sections: z.array(Section).describe('What a session shows that does not name its sections'),
    portal_url: z.string().describe('The origin of the hosted portal'),
  })
  .meta({ id: 'PortalConfiguration' });
export type PortalConfiguration = z.infer<typeof PortalConfiguration>;

export const configurationOperations = {
  'GET /customer_portal/configuration': {
    summary: "Get the portal's configuration",
    description: 'Read-only: it is changed at the command line or in the console.',
    response: PortalConfiguration,
  },
} as const satisfies Operations;
