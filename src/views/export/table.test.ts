import { describe, expect, it } from 'vitest';
import { toCsv, toJson, toMarkdown } from './table';

const table = {
  columns: ['token', 'id'],
  rows: [
    ['a,b', 1],
    ['"quoted"\n', 22],
    [' the', null],
  ],
};

describe('a table', () => {
  it('is CSV that keeps commas, quotes, line breaks and spaces', () => {
    expect(toCsv(table)).toBe('token,id\r\n"a,b",1\r\n"""quoted""\n",22\r\n" the",\r\n');
  });

  it('is JSON with one object a row', () => {
    expect(JSON.parse(toJson(table))).toEqual([
      { token: 'a,b', id: 1 },
      { token: '"quoted"\n', id: 22 },
      { token: ' the', id: null },
    ]);
    expect(JSON.parse(toJson({ columns: ['a'], rows: [] }))).toEqual([]);
  });

  it('is Markdown whose cells cannot end a cell, a row or the table', () => {
    expect(
      toMarkdown({
        columns: ['a|b', 'n'],
        rows: [
          ['x\ny', 1],
          ['`*', null],
        ],
      }),
    ).toBe('| a\\|b | n |\n| --- | ---: |\n| x<br>y | 1 |\n| \\`\\* |  |\n');
  });
});
