import { fieldsOf, themeProperties } from '../../../../widget/src/frame/protocol.ts';

/** Longer values are no theme. */
const longestValue = 500;

const textOf = (value: unknown): string =>
  typeof value === 'string' && value.length <= longestValue ? value.trim() : '';

/** Makes the document look like the page around it, as far as an element of that page would. */
export const wearLook = (value: unknown): void => {
  const look = fieldsOf(value);
  const properties = fieldsOf(look['properties']);
  const { documentElement: root, body } = document;
  for (const name of themeProperties) root.style.setProperty(name, textOf(properties[name]));
  root.style.colorScheme = look['colorScheme'] === 'dark' ? 'dark' : 'light';
  root.style.fontFamily = textOf(look['fontFamily']);
  root.style.fontSize = textOf(look['rootFontSize']);
  body.style.fontSize = textOf(look['fontSize']);
  root.lang = textOf(look['lang']) || navigator.language;
  root.dir = look['dir'] === 'rtl' ? 'rtl' : 'ltr';
};
