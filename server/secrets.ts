import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes as 43 base64url characters. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** How a bearer secret is stored: SHA-256, hex. Enough for 256 random bits; passwords take scrypt instead. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
