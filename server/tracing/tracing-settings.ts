import { z } from 'zod';

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** Where traces go, and which. */
export interface TracingSettings {
  url: string;
  headers: Record<string, string>;
  serviceName: string;
  /** More facts about this process. */
  resource: Record<string, string>;
  sampler: (typeof samplers)[number];
  /** Of the samplers that go by it, from 0 to 1. */
  ratio: number;
}

/** `name=value,name=value`, with what is special in it percent-encoded. */
const pairs = (name: string) =>
  z
    .string()
    .default('')
    .transform((text, ctx): Record<string, string> => {
      const found: Record<string, string> = {};
      for (const pair of text.split(',').filter((part) => part.trim() !== '')) {
        const at = pair.indexOf('=');
        try {
          found[decodeURIComponent(pair.slice(0, at).trim())] = decodeURIComponent(pair.slice(at + 1).trim());
        } catch {
          ctx.addIssue({ code: 'custom', message: `${name} must be percent-encoded name=value pairs` });
        }
        if (at < 1) {
          ctx.addIssue({ code: 'custom', message: `${name} must be name=value pairs, separated by commas` });
        }
      }
      return found;
    });

/** By OpenTelemetry's rules a variable that is set to nothing is not set. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const httpUrl = (name: string) =>
  optional(z.url({ protocol: /^https?$/, error: `${name} must be an http(s) address` }).optional());

/** The variables of OpenTelemetry that are heeded, with their standard names. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl('OTEL_EXPORTER_OTLP_ENDPOINT'),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'),
  OTEL_EXPORTER_OTLP_PROTOCOL: optional(
    z
      .enum(
        ['http/json', 'http/protobuf'],
        'OTEL_EXPORTER_OTLP_PROTOCOL must be http/json: the portal sends JSON over HTTP',
      )
      .optional(),
  ),
  OTEL_EXPORTER_OTLP_HEADERS: pairs('OTEL_EXPORTER_OTLP_HEADERS'),
  OTEL_SERVICE_NAME: optional(z.string().optional()),
  OTEL_RESOURCE_ATTRIBUTES: pairs('OTEL_RESOURCE_ATTRIBUTES'),
  OTEL_TRACES_SAMPLER: optional(
    z.enum(samplers, `OTEL_TRACES_SAMPLER must be one of ${samplers.join(', ')}`).default('parentbased_always_on'),
  ),
  OTEL_TRACES_SAMPLER_ARG: optional(
    z.coerce.number('OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1').min(0).max(1).default(1),
  ),
  OTEL_SDK_DISABLED: z.string().optional(),
};

/** Null where no collector is named: nothing is traced. */
export const tracingSettingsOf = (data: z.infer<z.ZodObject<typeof tracingVariables>>): TracingSettings | null => {
  const base = data.OTEL_EXPORTER_OTLP_ENDPOINT;
  const url = data.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (base && `${base.replace(/\/$/, '')}/v1/traces`);
  if (url === undefined || data.OTEL_SDK_DISABLED?.toLowerCase() === 'true') {
    return null;
  }
  const { 'service.name': named, ...resource } = data.OTEL_RESOURCE_ATTRIBUTES;
  return {
    url,
    headers: data.OTEL_EXPORTER_OTLP_HEADERS,
    serviceName: data.OTEL_SERVICE_NAME ?? named ?? 'zenskar-portal',
    resource,
    sampler: data.OTEL_TRACES_SAMPLER,
    ratio: data.OTEL_TRACES_SAMPLER_ARG,
  };
};
