import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../core/image/noise';
import { encodeUtf8 } from '../../core/text/utf8';
import { type ConstraintState, constraintOf } from './constraint';
import { ByteReading } from './constraints/bytes';
import type { Reading } from './constraints/reading';

const defaults: ConstraintState = { kind: 'pattern', pattern: '', without: '', length: 1, unit: 'words' };
const of = (more: Partial<ConstraintState>) => constraintOf({ ...defaults, ...more });
const pattern = (text: string) => of({ kind: 'pattern', pattern: text });

function readAll(start: Reading, text: string): Reading | undefined {
  let at: Reading | undefined = start;
  for (const sign of text) at = at?.read(sign.codePointAt(0)!);
  return at;
}

/** Whether a string is valid. */
const accepts = (start: Reading, text: string) => readAll(start, text)?.shortest === 0;

/** Strings over an alphabet, at random. */
function strings(alphabet: string, count: number, longest: number): string[] {
  const signs = Array.from(alphabet);
  const next = mulberry32(1);
  return Array.from({ length: count }, () =>
    Array.from({ length: next() % (longest + 1) }, () => signs[next() % signs.length]!).join(''),
  );
}

describe('a pattern', () => {
  it.each([
    'a',
    'ab|ba',
    '(a|b)*abb',
    'a{2,3}b?',
    '(ab){2,}',
    'a{0}b',
    '[^a]b+',
    '[a-b]*c',
    '(?:a|)+b',
    '(a?b?){3}',
    '.b.',
    '\\w\\d?',
    '((a*)*)*b',
    'a||b',
    '[\\]a-]+',
    'a.c|[^\\w]',
    '\\x61\\u0062',
  ])('%s has the strings that the engine of the language gives it', (source) => {
    const start = pattern(source);
    const engine = new RegExp(`^(?:${source})$`, 'u');
    for (const text of strings('abc', 300, 7))
      expect([text, accepts(start, text)]).toEqual([text, engine.test(text)]);
    for (const text of strings('ab1]- 東', 200, 4))
      expect([text, accepts(start, text)]).toEqual([text, engine.test(text)]);
  });

  it('stands only where a string can still become valid, and knows how soon', () => {
    const start = pattern('(abc|ad+x{3})');
    expect(start.shortest).toBe(3);
    expect(readAll(start, 'ad')!.shortest).toBe(3);
    expect(readAll(start, 'addxx')!.shortest).toBe(1);
    expect(readAll(start, 'ax')).toBeUndefined();
    // Behind "a", the class without characters leads nowhere.
    expect(readAll(pattern('ab|a[]c|c'), 'a')!.read(99)).toBeUndefined();
  });

  it.each([
    ['a(?=b)', 'Lookahead is not read here: character 2'],
    ['a(?!b)', 'Lookahead'],
    ['(?<=a)b', 'Lookbehind is not read here: character 1'],
    ['(?<!a)b', 'Lookbehind'],
    ['(a)\\1', 'A backreference is not read here: character 4'],
    ['\\bword', 'A word boundary'],
    ['\\p{L}', 'A Unicode property'],
    ['(?<year>a)', 'A named group'],
    ['(?i)a', 'A flag'],
    ['^a', 'The anchor “^” is not read here: character 1'],
    ['a$', 'The anchor “$” is not read here: character 2'],
    ['a+?', 'A lazy repetition is not read here: character 3'],
    ['a++', 'A possessive repetition'],
    ['a**', 'Two repetitions stand side by side, at character 3'],
    ['*a', '“*” repeats nothing, at character 1'],
    ['(a', '“(” is not closed, at character 1'],
    ['a)', '“)” closes nothing, at character 2'],
    ['[a', '“[” is not closed, at character 1'],
    ['[z-a]', 'A range of characters goes backwards'],
    ['a{3,1}', 'The repetition {3,1} goes backwards'],
    ['a{x', '“{” begins no repetition'],
    ['a{9999}', 'A repetition has too many turns'],
    ['(a{400}){400}', 'This pattern is too large'],
    ['\\q', 'The escape \\q is not read here'],
    ['\\xZZ', 'An escape does not name a character'],
    ['a\\', 'A “\\” stands at the end'],
    ['a[]', 'No string matches this pattern'],
  ])('%s is refused by name and place', (source, message) => {
    expect(() => pattern(source)).toThrow(message);
    expect(() => pattern(source)).toThrow(expect.objectContaining({ code: 'query-invalid' }));
  });
});

describe('JSON', () => {
  const start = of({ kind: 'json' });

  it.each([
    ...[
      '0',
      '-1.5e+3',
      '""',
      '"a\\u00e9\\n😀"',
      '[]',
      '[1,[2,{}]]',
      '{"a":{"b":[true,false,null]}}',
      ' {"a" : 1 } ',
    ],
    ...[
      '01',
      '1.',
      '-',
      '+1',
      '[1,]',
      '{,}',
      '{"a"}',
      '{"a":}',
      "'a'",
      'tru',
      'truex',
      '[1}',
      '"a\nb"',
      '"\\x"',
      '',
    ],
    ...['"\\u12g4"', '1e', '.5', '[1 2]', '{"a":1,}', 'nul l', '1 ', ']', '"a" "b"'],
  ])('%s is valid where the parser of the language reads it', (text) => {
    let isValid = true;
    try {
      JSON.parse(text);
    } catch {
      isValid = false;
    }
    expect(accepts(start, text)).toBe(isValid);
  });

  it('says the fewest characters that complete a prefix', () => {
    // By hand: `0`; `"":0}`; `}`; `:0}]`; `"`; `u0000"` is longer than `n"`; `0`; `ull`.
    const shortest = {
      '': 1,
      '{"a":1,': 5,
      '{': 1,
      '[{"a"': 4,
      '"a': 1,
      '"\\': 2,
      '-': 1,
      n: 3,
      '{"a': 4,
      '1.': 1,
    };
    for (const [text, expected] of Object.entries(shortest))
      expect([text, readAll(start, text)!.shortest]).toEqual([text, expected]);
  });
});

describe('letters and lengths', () => {
  it('forbids letters in both cases, and needs some', () => {
    const start = of({ kind: 'letters', without: 'eÄ' });
    expect(['Alis', 'Alice', 'E', 'ä', 'a'].map((text) => accepts(start, text))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
    expect(() => of({ kind: 'letters', without: ' ' })).toThrow('No letter is forbidden');
  });

  it('counts words and characters', () => {
    const two = of({ kind: 'length', length: 2, unit: 'words' });
    const texts = ['a b', 'Ein Wort', 'a', 'a ', ' a b', 'a  b', 'a b ', 'a b c', 'a\nb'];
    expect(texts.filter((text) => accepts(two, text))).toEqual(['a b', 'Ein Wort', 'a\nb']);
    expect(['', 'a', 'a '].map((text) => readAll(two, text)!.shortest)).toEqual([3, 2, 1]);
    const three = of({ kind: 'length', length: 3, unit: 'characters' });
    expect(['ab', 'abc', '東京😀', 'abcd'].map((text) => accepts(three, text))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('bytes of a string', () => {
  const everything = pattern('[^a]*');
  const read = (constraint: Reading, bytes: readonly number[], most = 10) =>
    ByteReading.start(constraint, most)?.readAll(Uint8Array.from(bytes));

  it('have to be UTF-8, from the first that is not', () => {
    for (const text of ['é東😀', 'b', '\u{10ffff}\ud7ff\ue000'])
      expect(read(everything, [...encodeUtf8(text)])!.isComplete).toBe(true);
    // A lone continuation, overlong forms, a surrogate, what is beyond the last character.
    for (const bytes of [
      [0x80],
      [0xc0],
      [0xc3, 0x41],
      [0xe0, 0x80],
      [0xf0, 0x8f],
      [0xed, 0xa0],
      [0xf4, 0x90],
      [0xf5],
    ])
      expect([bytes, read(everything, bytes)]).toEqual([bytes, undefined]);
    expect(read(everything, [0xe6, 0x9d])!.isComplete).toBe(false);
  });

  it('may end within a character only where one of those that begin so is allowed', () => {
    const east = pattern('東');
    expect(read(east, [0xe6])).toBeDefined();
    expect(read(east, [0xe6, 0x9d])).toBeDefined();
    expect(read(east, [0xe6, 0x9e])).toBeUndefined();
    expect(read(of({ kind: 'json' }), [0x22, 0xe6])).toBeDefined();
    expect(read(of({ kind: 'json' }), [0xe6])).toBeUndefined();
  });

  it('leave room for what completes the string', () => {
    const long = pattern('a(b|cde)');
    expect(ByteReading.start(long, 1)).toBeUndefined();
    expect(read(long, [...encodeUtf8('ab')], 2)!.isComplete).toBe(true);
    expect(read(long, [...encodeUtf8('ac')], 3)).toBeUndefined();
    expect(read(long, [...encodeUtf8('acde')], 4)!.isComplete).toBe(true);
    expect(read(everything, [...encodeUtf8('東東')], 2)).toBeDefined();
    expect(read(everything, [...encodeUtf8('東東'), 0xe6], 2)).toBeUndefined();
  });
});
