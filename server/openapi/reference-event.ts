import { html } from './html.ts';
import type { Html } from './html.ts';
import type { OpenApiDocument, OperationObject, Parameter } from './model.ts';
import { fieldsOf, renderFields } from './reference-fields.ts';
import { renderJson, renderSample } from './reference-samples.ts';

/** One event: what it brings on one side, how that looks on the other. */
export const renderEvent = (
  { components: { schemas } }: OpenApiDocument,
  { path, operation }: { path: string; operation: OperationObject },
): Html => {
  const [media] = Object.values(operation.requestBody?.content ?? {});
  const headers = (operation.parameters ?? []).filter((parameter): parameter is Parameter => 'name' in parameter);
  return html`<section id="${operation.operationId}" class="operation">
    <div class="facts">
      <h2><a href="#${operation.operationId}">${operation.summary}</a></h2>
      <p class="endpoint"><span class="method event">EVENT</span> <code>${path}</code></p>
      <h3>Body</h3>
      ${renderFields(schemas, fieldsOf(schemas, media?.schema ?? {}), { showsRequired: false })}
      <h3>Headers</h3>
      ${renderFields(
        schemas,
        headers.map((header) => ({ ...header, isRequired: true })),
        { showsRequired: false },
      )}
    </div>
    <div class="samples">${renderSample('Body', renderJson(media?.example))}</div>
  </section>`;
};
