import type { Operation } from '#contract/operation.ts';
import type { Config } from '../config.ts';
import { JsonText } from '../database/json-text.ts';

const checkedOneIn = 1_000;

/**
 * Makes the text of an operation's answers. Values are parsed by the contract, which leaves out what it does not name. Text
 * was made of the contract's fields, row by row, and so is only looked at: every one where the settings say so, as in
 * tests, else the first and one in a thousand behind it.
 * @throws when text is not what the contract says
 */
export const answerText = (
  { response }: Operation,
  { checksAnswers }: Pick<Config, 'checksAnswers'>,
): ((body: unknown) => string) => {
  let texts = 0;
  return (body) => {
    if (!(body instanceof JsonText)) {
      return JSON.stringify(response?.parse(body));
    }
    if (checksAnswers || texts % checkedOneIn === 0) {
      const sent: unknown = JSON.parse(body.text);
      const named = JSON.stringify(response?.parse(sent));
      if (named !== JSON.stringify(sent)) {
        throw new Error('An answer has fields that the contract does not name');
      }
    }
    texts += 1;
    return body.text;
  };
};
