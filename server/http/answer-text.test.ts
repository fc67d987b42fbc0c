import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerText } from './answer-text.ts';
import { JsonText } from '../database/json-text.ts';

const operation = { summary: 'Get a thing', response: z.object({ id: z.string(), amount: z.int() }) };
const right = new JsonText('{"id":"a","amount":1}');

describe('an answer that the database has written', () => {
  it.each([
    ['a field too many', '{"id":"a","amount":1,"secret":"s"}'],
    ['a field too few', '{"id":"a"}'],
    ['a field of another kind', '{"id":"a","amount":"1"}'],
    ['no JSON', '{"id":"a"'],
  ])('is not sent with %s', (_what, text) => {
    expect(() => answerText(operation, { checksAnswers: true })(new JsonText(text))).toThrow();
    expect(() => answerText(operation, { checksAnswers: false })(new JsonText(text))).toThrow();
  });

  it('is sent as it is, however its fields are spaced', () => {
    const spaced = '{"id" : "a", "amount" : 1}';
    expect(answerText(operation, { checksAnswers: true })(new JsonText(spaced))).toBe(spaced);
  });

  it('is looked at again after a thousand others', () => {
    const textOf = answerText(operation, { checksAnswers: false });
    const wrong = new JsonText('{"id":"a"}');
    for (let index = 0; index < 1_000; index += 1) {
      textOf(right);
    }
    expect(() => textOf(wrong)).toThrow();
  });
});

it('leaves out of values what the contract does not name', () => {
  const textOf = answerText(operation, { checksAnswers: false });
  expect(textOf({ id: 'a', amount: 1, secret: 's' })).toBe('{"id":"a","amount":1}');
});
