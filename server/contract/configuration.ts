import { z } from 'zod';
import { Branding, BrandingInput } from './branding.ts';
import type { Operations } from './operation.ts';
import { Origin } from './origins.ts';
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

const origins = z.array(Origin).max(50);

/** Everything of it that can be set. All four are there, so that nobody shuts a website out by leaving a field away. */
export const PortalConfigurationInput = z
  .strictObject({
    branding: BrandingInput.describe('The whole of it: what is left out is unset.'),
    allowed_origins: origins.describe('Where the portal may be embedded: exact origins.'),
    return_origins: origins.describe('Where a return_url may lead: exact origins; none: anywhere.'),
    sections: z.array(Section).min(1).max(Section.options.length),
  })
  .meta({ id: 'PortalConfigurationInput' });
export type PortalConfigurationInput = z.infer<typeof PortalConfigurationInput>;

export const getConfiguration = {
  summary: "Get the portal's configuration",
  description: 'The `ETag` names this state of it; a replacement can be made dependent on it.',
  response: PortalConfiguration,
} as const;

export const replaceConfiguration = {
  summary: "Replace the portal's configuration",
  description: `All that can be set, as a whole. An open portal keeps its look until it is opened again; an origin that
is no longer allowed is shut out at once, also where a portal is open.`,
  body: PortalConfigurationInput,
  response: PortalConfiguration,
  errors: ['precondition_failed'],
} as const;

export const configurationOperations = {
  'GET /customer_portal/configuration': getConfiguration,
  'PUT /customer_portal/configuration': {
    ...replaceConfiguration,
    description: `${replaceConfiguration.description}
With \`If-Match: <ETag>\` a configuration that has changed since is left as it is.`,
  },
} as const satisfies Operations;
