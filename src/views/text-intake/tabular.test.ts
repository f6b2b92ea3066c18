import { describe, expect, it } from 'vitest';
import { isTabular } from './tabular';

describe('isTabular', () => {
  it.each([
    ['code', 'for (;;) {\n  if (a) {\n    b();\n  }\n}'],
    ['tabs', 'name\tqty\napple\t3'],
    ['columns of spaces', 'apple     12\norange     7'],
    ['a frame', '┌──┐\n│ x│\n└──┘'],
  ])('%s', (_, text) => expect(isTabular(text)).toBe(true));

  it.each([
    ['prose', 'One sentence.  Another, typed on a typewriter.\nA line.  And one more.'],
    ['one slip', 'two  spaces here\nand none here'],
    ['one line of code', '  return a;'],
    ['an empty text', ''],
  ])('not %s', (_, text) => expect(isTabular(text)).toBe(false));
});
