import type { PortalConfiguration, PortalConfigurationInput } from '#contract/configuration.ts';
import type { Answer } from '../test-server.ts';

const largestRadius = 24;

/** The configuration that was read, with other corners: what else there is stays as it was. */
export const changedConfiguration = ({ body }: Answer): PortalConfigurationInput => {
  const { branding, allowed_origins, return_origins, sections } = body as unknown as PortalConfiguration;
  const radius = ((branding.radius ?? 0) + 1) % (largestRadius + 1);
  return { branding: { ...branding, radius }, allowed_origins, return_origins, sections };
};
