import { beforeAll, expect, it } from 'vitest';
import { readState, sampleText } from '../experiment';
import { catalogueTokenizer, runOn } from '../testing/run';
import { compareCuts, cutsOf } from './boundaries';
import { experiment, type Result, type State } from './experiment';
import { damage } from './ocr-noise';
import { findTerms } from './terms';

let sample: Awaited<ReturnType<typeof runOn<State, Result>>>;
let text: string;
beforeAll(async () => {
  text = await sampleText(experiment.input, 'us-code');
  sample = await runOn(experiment, text);
}, 60_000);

it('damages nothing at rate 0, everything that can be mistaken at 1, and remembers places', () => {
  expect(damage(text, 0, 7)).toMatchObject({ text, count: 0 });
  const { text: damaged, places } = damage('xl0x', 1, 3);
  expect(damaged).toMatch(/^x[1Ii][Oo]x$/);
  expect([...places]).toEqual([0, 1, 2, 3, 4]);
  // Either "rn" becomes "m", or both letters something else.
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const merged = damage('rn', 1, seed);
    if (merged.text === 'm') expect([...merged.places]).toEqual([0, -1, 1]);
    else expect(merged.places[1]).toBe(1);
  }
});

it('damages as often as it says, the same for the same seed', () => {
  const letters = 'e'.repeat(20_000);
  expect(damage(letters, 0.1, 5).count / 20_000).toBeCloseTo(0.1, 1);
  expect(damage(letters, 0.1, 5)).toEqual(damage(letters, 0.1, 5));
  expect(damage(letters, 0.1, 5).text).not.toBe(damage(letters, 0.1, 6).text);
});

it('counts boundaries that stay, by hand', () => {
  // "ab|cd|ef" read as "ab|c|ef": the d is gone, both cuts stay, and of three tokens two are as they were.
  const gone = { text: 'abcef', places: Int32Array.of(0, 1, 2, 3, 3, 4, 5), count: 1 };
  expect(compareCuts('abcdef', Uint32Array.of(2, 4), gone, Uint32Array.of(2, 3))).toEqual({
    kept: 1,
    added: 0,
    agreement: 1,
    changed: 2,
    intact: [true, false, true],
  });
  // "r|n" read as "m": the cut has no place.
  const merged = { text: 'm', places: Int32Array.of(0, -1, 1), count: 2 };
  expect(compareCuts('rn', Uint32Array.of(1), merged, new Uint32Array())).toEqual({
    kept: 0,
    added: 0,
    agreement: 0,
    changed: 2,
    intact: [false],
  });
  expect(
    compareCuts(
      'a',
      new Uint32Array(),
      { text: 'a', places: Int32Array.of(0, 1), count: 0 },
      new Uint32Array(),
    ),
  ).toEqual({ kept: undefined, added: undefined, agreement: undefined, changed: 0, intact: [true] });
});

it('takes no cut within a character', async () => {
  // The emoji is four bytes, each of them a token.
  expect([...cutsOf(await catalogueTokenizer('utf8-bytes'), 'a😀b')]).toEqual([1, 3]);
});

it('finds terms whatever their case, the longest one, and marks of statutes', () => {
  const found = findTerms(
    'The Debtors and the debtor’s trustee; swap agreements, a bankruptcy court (11 U.S.C. § 362(a)(1)), section 301, (B)(ii). Securityless.',
  );
  expect(found.map(({ kind, text: term }) => `${kind} ${term}`)).toEqual([
    'legal Debtors',
    'legal debtor',
    'legal trustee',
    'financial swap agreements',
    'legal bankruptcy court',
    'legal 11 U.S.C. § 362(a)(1)',
    'legal section 301',
    'legal (B)(ii)',
  ]);
  expect(findTerms('lien, Lien, LIEN')).toEqual([{ kind: 'legal', text: 'lien', count: 3 }]);
});

it('agrees with itself without noise, and agrees more with three characters a token (the paper’s claim)', () => {
  const agreement = sample.result.curve.map(({ tokenizers }) => tokenizers.map((each) => each.agreement!));
  expect(agreement[0]).toEqual([100, 100, 100, 100, 100]);
  for (const [char, ...others] of agreement.slice(1)) {
    for (const other of others) expect(char).toBeGreaterThan(other);
  }
  const spread = sample.result.curve[5]!.tokenizers.map((each) => each.spread!);
  for (const other of spread.slice(1)) expect(spread[0]).toBeLessThan(other);
});

it('counts as the official library does', () => {
  // Hugging Face tokenizers 0.23 on the tokenizer.json of kl3m-004-char-8k-cased and kl3m-001-32k.
  expect(sample.result.tokens.slice(0, 2)).toEqual([1476, 1309]);
  const securities = sample.result.terms.find((term) => term.text === 'Securities')!;
  expect(securities.tokens.slice(0, 2)).toEqual([4, 1]);
  // A single space is a token that was added by hand to kl3m-001-32k: no word takes its space.
  expect(sample.result.spaces[1]).toBe(text.match(/(?<! ) (?! )/g)!.length);
  expect(sample.result.spaces[0]).toBeLessThan(sample.result.spaces[1]! / 10);
});

it('has no token of more than three characters in the character tokenizer', () => {
  const { drawn } = sample.result.curve[0]!.tokenizers[0]!;
  expect(drawn.map((token) => token.text).join('')).toBe(
    text.slice(0, drawn.map((t) => t.text).join('').length),
  );
  // Runs of spaces and line breaks are tokens added by hand.
  for (const token of drawn) expect(token.text.trim().length).toBeLessThanOrEqual(3);
});

it('has no figures for no text, and refuses a rate that is not drawn', async () => {
  const { figures } = await runOn(experiment, '');
  expect(Object.values(figures)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(() => readState(experiment, { rate: 21 })).toThrow(/^rate is not usable/);
});
