import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../core/text/utf8';
import { AlignedText } from '../aligned-text';
import { bytesOfBinary, decodeWhole, toBinary } from '../decoders';
import { scannedPatterns } from '../pretokenizers/known-scanners';
import { onigurumaPattern, rustPattern } from '../pretokenizers/oniguruma';
import { characterSpans } from '../testing/character-spans';
import { askOracle } from '../testing/oracle';
import { decoderFrom } from './decoders';
import { expressions } from './expressions';
import { normalizerFrom } from './normalizers';
import { GPT2, WORDS } from './pre-tokenizers';
import { tokenizerFromJson } from './tokenizer-json';

/** Characters of the first two planes; of the large blocks of letters that are all alike, every 32nd. */
const candidates = Array.from({ length: 0x20000 }, (_, point) => point)
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .filter(
    (point) =>
      point % 32 === 0 ||
      !/\p{Script=Han}|\p{Script=Hangul}|\p{Script=Tangut}|\p{Script=Egyp}|\p{Script=Hluw}|\p{Script=Xsux}|\p{Script=Yi}/u.test(
        String.fromCodePoint(point),
      ),
  )
  .map((point) => String.fromCodePoint(point))
  // The capitals of U+A7D3 and U+A7D5 came with Unicode 17.
  .filter((character) => !/[\p{Cn}\p{Co}\ua7d3\ua7d5]/u.test(character));

/** A tokenizer that makes a token of every character that an expression matches, and drops the others. */
const matcher = (Regex: string) => ({
  version: '1.0',
  added_tokens: [],
  normalizer: null,
  pre_tokenizer: { type: 'Split', pattern: { Regex }, behavior: 'Removed', invert: true },
  post_processor: null,
  decoder: null,
  model: { type: 'BPE', vocab: { a: 0 }, merges: [], unk_token: 'a' },
});

/** Indices of the characters that the official library makes tokens of. */
async function matchedThere(expression: string, characters: readonly string[]): Promise<Set<number>> {
  const oracle = Oracle.fromString(JSON.stringify(matcher(expression)));
  return new Set((await askOracle(oracle, characters.join(''))).spans.filter((_, i) => i % 2 === 0));
}

// Oniguruma may know an older Unicode than JavaScript.
const assigned = await matchedThere('\\P{Cn}', candidates);
const characters = candidates.filter((_, i) => assigned.has(i));

describe('classes of characters agree with Oniguruma, which Hugging Face uses', () => {
  it.each([
    ...['\\w', '\\W', '\\d', '\\D', '\\s', '\\S', '\\h', '.', '[^\\s\\p{L}\\p{N}]', '[\\w.-]'],
    ...['[[:punct:]]', '[[:alpha:]]', '[[:upper:]]', '[[:space:]]', '[[:digit:]]'],
    ...[
      '\\p{Alpha}',
      '\\p{Punct}',
      '\\p{Space}',
      '\\p{Digit}',
      '\\p{L}',
      '\\p{^L}',
      '\\P{N}',
      '\\p{S}',
      '\\p{M}',
    ],
    ...['\\p{Han}', '\\p{Greek}', '(?i:s)', '(?i:[k-s])', '(?i:é)', '(?i)[a-z]'],
    ...['[^\\W]', '\\p{Word}', '[[:word:]]', '[[:graph:]]', '[[:print:]]'],
    ...['(?i:[\\p{Lu}])', '(?i)[^\\p{Lu}]', '\\X'],
  ])('%s', async (expression) => {
    const { tokenizer } = tokenizerFromJson(matcher(expression));
    const differences: string[] = [];
    for (let from = 0; from < characters.length; from += 8192) {
      const chunk = characters.slice(from, from + 8192);
      const theirs = await matchedThere(expression, chunk);
      const spans = characterSpans(chunk.join(''), tokenizer.encode(chunk.join('')));
      const ours = new Set(spans.filter((_, i) => i % 2 === 0));
      differences.push(...chunk.filter((_, i) => ours.has(i) !== theirs.has(i)));
    }
    expect(differences.map((character) => character.codePointAt(0)!.toString(16))).toEqual([]);
  });
});

describe.each(['a', 'x*', 'b*', '\\d{2}+', '(?<=a)', '$', '[[:space:]]+|\\G', '(?i:ss)', '\\X'])(
  'Replace %s',
  (Regex) => {
    const part = { type: 'Replace', pattern: { Regex }, content: '<é>' };
    const json = { ...matcher('a'), normalizer: part, decoder: part };
    const oracle = Oracle.fromString(JSON.stringify(json));
    const texts = ['', 'a', 'aab abb', '12 345\n', 'Straße\r\nẞ 👩‍👧😀'];

    it('as a normalizer', () => {
      const normalize = normalizerFrom(part, 'normalizer', expressions);
      for (const text of texts) {
        expect(normalize(AlignedText.from(text)).text).toBe(oracle.getNormalizer()!.normalizeString(text));
      }
    });

    it('as a decoder', () => {
      const decoded = decodeWhole(decoderFrom(part, 'decoder', expressions), texts.map(toBinary));
      expect(decodeUtf8(bytesOfBinary(decoded))).toBe(oracle.getDecoder()!.decode(texts));
    });
  },
);

it("the library's own expressions are what the translator makes of them", () => {
  expect(GPT2.source).toBe(onigurumaPattern(scannedPatterns[0]!).source);
  expect(WORDS.source).toBe(rustPattern(String.raw`\w+|[^\w\s]+`).source);
});
