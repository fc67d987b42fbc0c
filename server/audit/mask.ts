const masked = '[masked]';

const secretNames = /secret|token|password|api_?key|authorization|cookie|nonce/i;

/** What says which secret is meant, and does not give it away. */
const harmlessEndings = /_(id|ids|name|prefix|hint|last_four|count|at)$/i;

const secretForms = [
  /zsk_[0-9A-Za-z]{20,}/g,
  /whsec_[0-9A-Za-z+/=_-]{16,}/g,
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}_[0-9A-Za-z_-]{43}/gi,
  /eyJ[0-9A-Za-z_-]{4,}\.[0-9A-Za-z_-]{4,}\.[0-9A-Za-z_-]*/g,
];

const maskText = (text: string): string => secretForms.reduce((rest, form) => rest.replace(form, masked), text);

const isSecretName = (name: string): boolean => secretNames.test(name) && !harmlessEndings.test(name);

const maskValue = (value: unknown): unknown => {
  if (typeof value === 'string') {
    return maskText(value);
  }
  if (Array.isArray(value)) {
    return value.map(maskValue);
  }
  return typeof value === 'object' && value !== null ? maskSecrets(value as Record<string, unknown>) : value;
};

/**
 * The detail of an entry without what looks like a secret, by its name or by its form: API keys, webhook secrets,
 * session tokens and access tokens. An entry can never be taken back, so that one careless line would keep it for good.
 */
export const maskSecrets = (detail: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [
      maskText(name),
      isSecretName(name) && (typeof value === 'string' || typeof value === 'object') && value !== null
        ? masked
        : maskValue(value),
    ]),
  );
