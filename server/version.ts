import packageJson from '../package.json' with { type: 'json' };

/** The portal's version, as its package has it. */
export const portalVersion = packageJson.version;
