import { readFileSync } from 'node:fs';
import { Tokenizer } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { tokenizerFromJson } from '../hugging-face/tokenizer-json';
import { nastyPattern, patternText } from '../testing/nasty-pattern';
import { askOracle } from '../testing/oracle';
import { PatternOracle, patternDifference } from '../testing/pattern-oracle';
import { Random } from '../testing/random';
import { caseFolding } from './case-folding';
import { mayBeEndless } from './endless-patterns';
import { onigurumaPattern, rustPattern } from './oniguruma';
import { PatternError } from './pattern-nodes';

/** Small tokenizers, each with an expression that was once refused or misread. */
const files: [name: string, text: string, ids: number[] | null][] = [
  ['interval-plus', '111111', [3, 3, 3]],
  ['re-nested', 'Hello, world! (x|y) नमस्ते।', null],
  ['re-and', 'ab', null],
  ['re-G', '1234567', null],
  ['re-named', 'aaab', null],
  ['re-posix', 'abc_12 Zß', null],
  ['re-midflag', 'ab aB AB', null],
  ['re-X', 'a b a', null],
];

it.each(files)('%s.json', async (name, text, ids) => {
  const path = new URL(`../testing/fixtures/expressions/${name}.json`, import.meta.url);
  const json = readFileSync(path, 'utf8');
  const theirs = await askOracle(Tokenizer.fromString(json), text);
  expect([...tokenizerFromJson(JSON.parse(json)).tokenizer.encode(text).ids]).toEqual(ids ?? [...theirs.ids]);
  expect([...theirs.ids]).toEqual(ids ?? [...theirs.ids]);
});

const TEXTS = [
  'aab abab  aaaa bbbb 1111 12345 a1b2',
  "I'll SAY it's 'S fun, ſo K",
  'Straße STRASSE straẞe ﬁn ﬀi ffi ss ßs sß',
  'x_y²½ é e\u0301 \u200d 👩‍👧🇦🇧🇨 क्षि 각\r\n\n\u0085\u2028',
  'foo(bar[baz]) {x} #hash - a-b ^$ && || \\',
  'Ωμέγα ὈΔΥΣΣΕΎΣ ς σ Σ İıiI ŉ ʼn',
  '',
  'b',
];

describe('agrees with Oniguruma', () => {
  it.each([
    ...[
      '\\d{3}+',
      '\\d{1,3}+',
      'a{2}?',
      'a{1,2}?',
      'a{,2}',
      'a{2,}',
      'a{3,1}',
      'a{,2}+b',
      '(?:ab){2}+',
      'a?+a',
      'a++',
      'a{,}',
    ],
    ...['a**', 'a+?*', 'a{2}{2}', '(?:a?){2,3}', '(?:a*)*b', '(?:a|b)*?', '(?:a??)?', '(?>a+)b', '\\d{0}'],
    ...[
      '[a[bc]]',
      '[^a[bc]]',
      '[a-z&&[^b]]',
      '[\\w&&[^\\d_]]+',
      '[^\\p{L}&&\\p{Greek}]',
      '[]a]',
      '[a-]',
      '[\\]\\[]',
      '[a&b]',
    ],
    ...[
      '(?<n>a)b',
      '(?<q>[ab])\\k<q>',
      '(a)\\1',
      "(?'q'a)\\k'q'",
      '(a|b)(\\d)\\2',
      '((a)b)\\2',
      '(?=(a))\\1',
    ],
    ...[
      'a(?i)b|c',
      '(?i)ab(?-i)c',
      '(?i:a(?-i:b))',
      '(?x) a  b # note\n | \\ c',
      '(?m:a.b)',
      '(?mx: . )',
      '(?#note)a',
    ],
    ...['\\G\\d', '\\A\\d{3}|\\G\\d{3}', '\\Gb|a', '(?!\\G)a', '\\G', '(?=\\G)\\w|b', 'a\\Gb'],
    ...['^', '$', '^.', '.$', '\\A.', '.\\Z', '.\\z', '\\b', '\\B', '\\bs', '(?<=\\b)s', '(?<!\\B)\\w'],
    ...[
      '\\R',
      '\\X',
      '\\N+',
      '\\O',
      '\\h+',
      '\\H+',
      '\\x41|\\x{df}',
      '\\u00df',
      '\\101',
      '\\t|\\e|\\a|\\cA',
      '\\/\\-\\#',
    ],
    ...[
      '[[:alnum:]_]+',
      '[[:^space:]]+',
      '[[:word:]]',
      '\\p{alnum}+',
      '\\p{^Alnum}',
      '\\p{Punct}',
      '[[:punct:]]',
    ],
    ...[
      '(?i)ss',
      '(?i)ß',
      '(?i)[ß]',
      '(?i)straße',
      '(?i)ffi',
      '(?i)ŉ',
      '(?i)i',
      '(?i)σ',
      '(?i)[a-z]',
      '(?i)[^a-z]',
    ],
    ...[
      '(?i:[\\p{Lu}])',
      '(?i:[\\p{Lu}])b',
      '(?i)\\p{Lu}',
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)",
      '(?i)k',
      '(?i)[k]',
      '(?i)(?:s)s',
    ],
    ...[
      '(?<=a|bc)b',
      '(?<!ab)b',
      '(?<=^a)',
      '(?<=(?<=a)b)a',
      '(?=a(?!a))',
      '(?~ab)',
      '(a)\\g<1>',
      '(?<n>\\d)\\g<n>',
    ],
    ...[
      'x*',
      '|a',
      'a|',
      '(?:)',
      '\\s+(?!\\S)|\\s+',
      '(*FAIL)|a',
      '[\\s\\S]{1,4}',
      '\\p{Greek}+|\\p{Devanagari}+',
    ],
  ])('%s', (pattern) => {
    expect(patternDifference(pattern, new PatternOracle(pattern), TEXTS)).toBeUndefined();
  });

  it('on the characters that match each other without case', () => {
    const { variants, long } = caseFolding();
    const all = [...new Set([...variants.keys(), ...long.keys()])];
    const text = all.map((point) => String.fromCodePoint(point)).join(' ');
    const differences: string[] = [];
    for (let from = 0; from < all.length; from += 151) {
      // Characters of Unicode 17, which Oniguruma does not know.
      if (/[\u{a7ce}-\u{a7d5}\u{16ea0}-\u{16ed3}]/u.test(String.fromCodePoint(all[from]!))) continue;
      const pattern = `(?i)\\x{${all[from]!.toString(16)}}`;
      const found = patternDifference(pattern, new PatternOracle(pattern), [text]);
      if (found) differences.push(found.slice(0, 200));
    }
    expect(differences).toEqual([]);
  });

  it('on generated expressions', () => {
    let compared = 0;
    for (let seed = 0; seed < 120; seed++) {
      const pattern = nastyPattern(seed);
      let oracle: PatternOracle;
      try {
        oracle = new PatternOracle(pattern);
      } catch {
        continue;
      }
      const random = new Random(seed);
      const texts = [patternText(random), patternText(random)].map((text) =>
        mayBeEndless(pattern) ? Array.from(text).slice(0, 4).join('') : text,
      );
      try {
        expect(patternDifference(pattern, oracle, texts)).toBeUndefined();
        compared++;
      } catch (error) {
        if (!(error instanceof PatternError)) throw error;
      }
    }
    expect(compared).toBeGreaterThan(60);
  });
});

it.each([
  ['a\\Kb', '\\K'],
  ['\\y', '\\y'],
  ['(?(1)a|b)', 'conditional'],
  ['(a)?\\1', 'back-reference to group 1'],
  ['(?:(a)|b)*\\1', 'back-reference to group 1'],
  ['(?i)(a)\\1', 'back-reference without case'],
  ['a*\\Gb', '\\G in the middle'],
  ['(?:|a)*', 'may be nothing before it is more'],
  ['(?<=a++)b', 'possessive quantifier within a lookbehind'],
  ['(?<=(?>a))b', 'atomic group within a lookbehind'],
  ['(?<=\\R)b', '\\R within a lookbehind'],
  ['(?<=(\\b)+)a', 'within a lookbehind'],
  ['(?<!(?<!)a*)', 'a lookaround of nothing'],
  ['[a&&]', 'a class of nothing'],
  ['[^[^\\w\\W]&&[^a]]', 'a class of nothing'],
  ['(?<=(?:1{1,2})*\\b)A', 'within a lookbehind'],
  ['a{2,2}?', '{2,2}?'],
  ['$\\O+', '$ or a lookahead before any number'],
  ['(?~|a)', '(?~|'],
  ['(*COUNT)a', 'COUNT'],
  ['(a', 'Unclosed group'],
  ['[a', 'Unclosed character class'],
  ['a)', 'Unmatched'],
  ['\\p{Klingon}', 'property'],
  ['*', 'Quantifier'],
])('%s is refused: %s', (pattern, reason) => {
  expect(() => onigurumaPattern(pattern)).toThrow(PatternError);
  expect(() => onigurumaPattern(pattern)).toThrow(reason);
});

it.each([
  ['\\p{N}{1,3}+', '12345', ['123', '45']],
  ['^a', 'a\na', ['a']],
  ['a$', 'a\na\n', []],
  ['(?i:ss)', 'SS ß', ['SS']],
  ["'(?i:[sdmt]|ll|ve|re)", "'S 'LL 'ſ", ["'S", "'LL", "'ſ"]],
  ['\\w+', 'a\u200db²', ['a\u200db']],
])('%s as Rust reads it', (pattern, text, matches) => {
  expect(text.match(rustPattern(pattern)) ?? []).toEqual(matches);
});
