import { describe, expect, test } from 'vitest';
import { booleanReader, CellError, dateFormatProblem, dayReader, numberReader } from './parse-value.ts';

describe('days', () => {
  test.each([
    ['M/d/yyyy', '4/6/2013', '2013-04-06'],
    ['M/d/yyyy', '12/31/2013', '2013-12-31'],
    ['dd.MM.yyyy', '06.04.2013', '2013-04-06'],
    ['yyyy-MM-dd', '2024-02-29', '2024-02-29'],
    ['yyyyMMdd', '20240229', '2024-02-29'],
  ])('%s reads %s', (format, text, day) => {
    expect(dayReader(format)(text)).toBe(day);
  });

  test.each([
    ['M/d/yyyy', '13/1/2013'],
    ['M/d/yyyy', '2/30/2013'],
    ['M/d/yyyy', '2/29/2013'],
    ['M/d/yyyy', '2013-01-01'],
    ['dd.MM.yyyy', '6.4.2013'],
    ['M/d/yyyy', ''],
    ['M/d/yyyy', '1/1/0000'],
  ])('%s refuses %j', (format, text) => {
    expect(() => dayReader(format)(text)).toThrow(CellError);
  });

  test.each(['M/d/yy', 'M/d', 'M/M/d/yyyy', 'MMM d yyyy', 'hello', ''])('%j is no format', (format) => {
    expect(dateFormatProblem(format)).toBeTypeOf('string');
  });
});

describe('numbers', () => {
  const american = numberReader({ decimal: '.', thousands: ',' });
  const german = numberReader({ decimal: ',', thousands: '.' });
  const plain = numberReader({ decimal: '.', thousands: '' });

  test.each([
    [american, '1,234,567.89', '1234567.89'],
    [american, '94', '94'],
    [american, '1234.5', '1234.5'],
    [german, '1.234,5', '1234.5'],
    [plain, '-0.5', '-0.5'],
  ])('%# reads %s', (read, text, number) => {
    expect(read(text)).toBe(number);
  });

  test.each([
    [american, '12,34'],
    [american, '$5'],
    [american, '(5)'],
    [german, '1234.50'],
    [plain, '1,234'],
    [plain, ''],
    [plain, '1e3'],
    [plain, 'NaN'],
  ])('%# refuses %j', (read, text) => {
    expect(() => read(text)).toThrow(CellError);
  });
});

test('booleans are read in the words of the file', () => {
  const read = booleanReader(['Ja'], ['Nein']);
  expect(read('ja')).toBe(true);
  expect(read('NEIN')).toBe(false);
  expect(() => read('yes')).toThrow('"yes" is none of Ja, Nein');
});
