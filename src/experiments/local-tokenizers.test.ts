import { expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../core/text/utf8';
import { ExactBytes } from '../engine/lm/exact-bytes';
import { idsOf, textCost } from '../engine/lm/language-model';
import { alice } from './alice';
import { tokenModel } from './language-models';
import { cutsBetween, learnLocalTokenizers } from './local-tokenizers';

const mixed = 'Größe 😀 東京 12 3.14 (“don’t” — naïve)\t\n  x\u00a0y e\u0301 £5 !? ';

it('cuts texts where two neighbouring bytes say so', () => {
  const bytes = encodeUtf8(' a1 !? “é”\n\n  b');
  const pieces: string[] = [];
  let from = 0;
  for (let i = 1; i <= bytes.length; i++) {
    if (i < bytes.length && !cutsBetween(bytes[i - 1]!, bytes[i]!)) continue;
    pieces.push(decodeUtf8(bytes.slice(from, i)));
    from = i;
  }
  expect(pieces).toEqual([' a', '1', ' !?', ' “é”', '\n', '\n', ' ', ' b']);
});

it('knows the encodings of its tokenizers, of every beginning of a text', async () => {
  const text = (await alice.load()).slice(0, 40_000) + mixed.repeat(20);
  const [small, large] = await learnLocalTokenizers(text, [400, 1000]);
  expect([small, large].map((one) => one!.tokenizer.vocabularySize)).toEqual([400, 1000]);
  // A smaller vocabulary is the beginning of a larger one.
  for (let id = 0; id < 400; id++)
    expect(small!.tokenizer.tokenBytes(id)).toEqual(large!.tokenizer.tokenBytes(id));
  for (const { tokenizer, encodings } of [small!, large!]) {
    const model = await tokenModel(text, tokenizer, 3);
    const exact = new ExactBytes(model, encodings);
    for (const sample of [mixed, mixed.split('').reverse().join('').toWellFormed(), text.slice(9000, 9400)]) {
      const found = exact.encodings(encodeUtf8(sample));
      expect(found.every((sequences) => sequences.length === 1)).toBe(true);
      let read = '';
      for (const character of sample) {
        read += character;
        const ids = idsOf(found[encodeUtf8(read).length]![0]!);
        expect(ids).toEqual(Array.from(tokenizer.encode(read).ids));
      }
    }
  }
});

it('costs by bytes what it costs by tokens, but for what is masked and the end', async () => {
  const text = (await alice.load()).slice(0, 40_000);
  const [learned] = await learnLocalTokenizers(text, [600]);
  const model = await tokenModel(text, learned!.tokenizer, 3);
  const sample = ' said the Mock Turtle to the Gryphon, and sighed.\n';
  const { bits } = await textCost(model, learned!.tokenizer.encode(sample).ids);
  const exact = new ExactBytes(model, learned!.encodings);
  const state = await exact.read(await exact.start(), encodeUtf8(sample));
  const byTokens = bits.reduce((sum, each) => sum + each, 0);
  expect(state.bits).toBeLessThan(byTokens);
  expect(state.bits).toBeGreaterThan(byTokens * 0.9);
  // The beginning does not matter to what follows: the search for covers says the same as reading every byte.
  const found = await exact.behind(encodeUtf8(sample));
  expect(found.calls).toBeLessThan(5);
  for (let byte = 0; byte < 256; byte++) expect(found.next[byte]).toBeCloseTo(state.next[byte]!, 10);
});
