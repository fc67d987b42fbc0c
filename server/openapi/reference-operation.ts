import { html } from './html.ts';
import type { Html } from './html.ts';
import { inline, markdown } from './markdown.ts';
import type { OpenApiDocument, OperationObject, Parameter, Reference, Response } from './model.ts';
import { fieldsOf, renderFields } from './reference-fields.ts';
import type { Field } from './reference-fields.ts';
import { curlOf, renderAnswer, renderSample } from './reference-samples.ts';

/** One operation with its address. */
export interface Entry {
  method: string;
  path: string;
  operation: OperationObject;
}

const lastName = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

const parameterOf = ({ components }: OpenApiDocument, given: Parameter | Reference): Parameter[] => {
  const parameter = '$ref' in given ? components.parameters[lastName(given.$ref)] : given;
  return parameter === undefined ? [] : [parameter];
};

const isSuffixed = ({ name }: Field): boolean => /__(neq|in|isnull|i?like|gte?|lte?)$/.test(name);

const fieldOf = ({ name, schema, required, description }: Parameter): Field => ({
  name,
  schema,
  description,
  isRequired: required === true,
});

const renderParameters = (document: OpenApiDocument, title: string, parameters: readonly Parameter[]): Html => {
  const { schemas } = document.components;
  const fields = parameters.map(fieldOf);
  const plain = fields.filter((field) => !isSuffixed(field));
  const suffixed = fields.filter(isSuffixed);
  if (fields.length === 0) {
    return html``;
  }
  return html`<h3>${title}</h3>
    ${plain.length === 0 ? '' : renderFields(schemas, plain, { showsRequired: true })}
    ${
      suffixed.length === 0
        ? ''
        : html`<details class="filters">
            <summary>${suffixed.length} filters with an operator</summary>
            ${renderFields(schemas, suffixed, { showsRequired: true })}
          </details>`
    }`;
};

const renderBody = (document: OpenApiDocument, { requestBody }: OperationObject): Html => {
  const [media] = Object.values(requestBody?.content ?? {});
  const fields = media === undefined ? [] : fieldsOf(document.components.schemas, media.schema);
  if (fields.length === 0) {
    return html``;
  }
  return html`<h3>Body</h3>
    ${requestBody?.description === undefined ? '' : html`<p>${inline(requestBody.description)}</p>`}
    ${renderFields(document.components.schemas, fields, { showsRequired: true })}`;
};

const responseOf = ({ components }: OpenApiDocument, given: Response | Reference | undefined): Response => {
  const response = given !== undefined && '$ref' in given ? components.responses[lastName(given.$ref)] : given;
  return response ?? { description: '' };
};

const renderFieldsOfAnswer = (document: OpenApiDocument, { content = {} }: Response): Html => {
  const { schemas } = document.components;
  const fields = Object.values(content).flatMap(({ schema }) => fieldsOf(schemas, schema));
  return fields.length === 0
    ? html``
    : html`<h3>Answer</h3>
        ${renderFields(schemas, fields, { showsRequired: false })}`;
};

const renderErrors = (document: OpenApiDocument, { responses }: OperationObject): Html => {
  const rows = Object.entries(responses).filter(([status]) => Number(status) >= 400);
  return html`<details class="errors">
    <summary><h3>Errors</h3></summary>
    <dl>
      ${rows.map(
        ([status, response]) =>
          html`<dt>${status}</dt>
            <dd>${markdown(responseOf(document, response).description)}</dd>`,
      )}
    </dl>
  </details>`;
};

const withBreaks = (path: string): Html[] => path.split(/(?=\/)/).map((part) => html`${part}<wbr />`);

const renderScope = ({ security }: OperationObject): Html[] =>
  security
    .flatMap(({ apiKey = [] }) => apiKey)
    .map((scope) => html`<p>Asks for an API key with the scope <code>${scope}</code>.</p>`);

/** Everything about one operation: what it takes and answers on one side, how that looks on the other. */
export const renderOperation = (document: OpenApiDocument, entry: Entry): Html => {
  const { method, path, operation } = entry;
  const parameters = (operation.parameters ?? []).flatMap((given) => parameterOf(document, given));
  const answer = responseOf(document, operation.responses['200']);
  const at = (place: Parameter['in']): Parameter[] => parameters.filter((parameter) => parameter.in === place);
  return html`<section id="${operation.operationId}" class="operation">
    <div class="facts">
      <h2><a href="#${operation.operationId}">${operation.summary}</a></h2>
      <p class="endpoint">
        <span class="method ${method}">${method.toUpperCase()}</span> <code>${withBreaks(path)}</code>
      </p>
      ${renderScope(operation)} ${markdown(operation.description ?? '')}
      ${renderParameters(document, 'Path', at('path'))} ${renderParameters(document, 'Query', at('query'))}
      ${renderBody(document, operation)} ${renderParameters(document, 'Headers', at('header'))}
      ${renderFieldsOfAnswer(document, answer)} ${renderErrors(document, operation)}
    </div>
    <div class="samples">
      ${renderSample('Request', html`${curlOf(document.servers[0]?.url ?? '', { ...entry, parameters })}`)}
      ${renderAnswer(answer.content ?? {})}
    </div>
  </section>`;
};
