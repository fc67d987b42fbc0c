import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sources = ['widget/src/**/*.ts', 'server/hosted/browser/**/*.ts'];
const spokenAttribute =
  /\b(?:aria-(?:label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|heading|close-label)=$/;
const spokenLiteral =
  /\b(?:aria-(?:label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|heading|close-label)="([^"]*\p{L}[^"]*)"/gu;
const hole = '\u{fffc}';

/** What templates say by themselves, in a text or in an attribute that is spoken, and not through a catalogue. */
export const looseTexts = (): string[] =>
  sources
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .flatMap((file) => looseTextsOf(readFileSync(`${root}${file}`, 'utf8')).map((text) => `${file}: ${text}`));

export function looseTextsOf(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && ['html', 'svg'].includes(node.tag.getText())) {
      found.push(...saidBy(node.template));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

function saidBy(template: ts.TemplateLiteral): string[] {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return saidByMarkup(template.text);
  const markup = [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join(hole);
  let before = template.head.text;
  const said = template.templateSpans.flatMap(({ expression, literal }) => {
    const isInTag = before.lastIndexOf('<') > before.lastIndexOf('>');
    const isSpoken = !isInTag || spokenAttribute.test(before);
    before += hole + literal.text;
    return isSpoken ? literalsOf(expression) : [];
  });
  return [...saidByMarkup(markup), ...said];
}

function saidByMarkup(markup: string): string[] {
  const texts = markup.replace(/<[^>]*>/g, '\n').split(/[\n\u{fffc}]/u);
  const attributes = [...markup.matchAll(spokenLiteral)].map(([, text = '']) => text);
  return [...texts, ...attributes].map((text) => text.trim()).filter((text) => /\p{L}/u.test(text));
}

/** The texts that an expression may come to, as far as it says them itself. */
function literalsOf(expression: ts.Expression): string[] {
  if (ts.isParenthesizedExpression(expression)) return literalsOf(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return [...literalsOf(expression.whenTrue), ...literalsOf(expression.whenFalse)];
  }
  if (ts.isBinaryExpression(expression)) return [...literalsOf(expression.left), ...literalsOf(expression.right)];
  if (ts.isStringLiteral(expression)) return /\p{L}/u.test(expression.text) ? [expression.text] : [];
  if (ts.isTemplateExpression(expression)) {
    const own = [expression.head.text, ...expression.templateSpans.map(({ literal }) => literal.text)];
    return own.filter((text) => /\p{L}/u.test(text));
  }
  return [];
}
