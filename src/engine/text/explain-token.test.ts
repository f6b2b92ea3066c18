import { get_encoding } from 'tiktoken';
import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import type { Formation, TokenExplanation } from '../../core/text/token-explanation';
import type { Tokenizer } from '../../core/text/tokens';
import { encodeUtf8 } from '../../core/text/utf8';
import { tokenizerFromJson } from '../../tokenizers/hugging-face/tokenizer-json';
import { loadTokenizer } from '../../tokenizers/load';
import { readGenerated } from '../../tokenizers/testing/generated-vocabulary';
import { bertJson } from '../../tokenizers/testing/reference-json';
import { trainedTokenizers } from '../../tokenizers/testing/trained';
import { explainToken } from './explain-token';

const gpt2 = await loadTokenizer(
  {
    kind: 'bpe-ranks',
    vocabulary: 'gpt2',
    pattern: String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
    special: { '<|endoftext|>': 50256 },
  },
  readGenerated,
);
const pipeline = (vocabulary: string) => loadTokenizer({ kind: 'pipeline', vocabulary }, readGenerated);

/** Explains the token that covers the beginning of `part` in a text. */
function explain(tokenizer: Tokenizer, text: string, part: string): TokenExplanation {
  const bytes = encodeUtf8(text);
  const at = encodeUtf8(text.slice(0, text.lastIndexOf(part))).length;
  const { ids, starts, ends } = tokenizer.encode(text);
  const index = starts.findIndex((start, i) => start <= at && ends[i]! > at);
  return explainToken(tokenizer, bytes, { id: ids[index]!, start: starts[index]!, end: ends[index]! });
}

/** The names after every merge, as one string each. */
function states({ formation }: TokenExplanation): string[] {
  if (formation.kind !== 'merges') throw new Error(`There are no merges: ${formation.kind}.`);
  const now = formation.symbols.map(({ name }) => name);
  const all = [now.join('|')];
  for (const { name, left, right } of formation.merges) {
    expect(name).toBe(now[left]! + now[right]!);
    now[left] = name;
    now[right] = '';
    all.push(now.filter(Boolean).join('|'));
  }
  return all;
}

const FILLER = 'The quick brown fox jumps over the lazy dog, and so on. ';

describe('explainToken', () => {
  it('gives the merges of one token, from symbols to the token, wherever it is in a text', () => {
    const alone = explain(gpt2, 'a lower', ' lower');
    const all = states(alone);
    expect(all[0]).toBe(' |l|o|w|e|r');
    expect(all.at(-1)).toBe(' lower');
    expect(alone.entry).toMatchObject({ name: ' lower', special: false });
    for (const filler of [FILLER, `${FILLER}\n`]) {
      const far = explain(gpt2, `${filler.repeat(2000)} lower ${filler.repeat(2000)}`, ' lower');
      expect(far.formation).toEqual(alone.formation);
    }
  });

  it('gives those of models without a pre-tokenizer as well', async () => {
    const llama = await pipeline('llama-2');
    const alone = explain(llama, 'a strawberry', 'awberry');
    const far = explain(llama, `${FILLER.repeat(1000)}a strawberry`, 'awberry');
    expect(states(alone).length).toBeGreaterThan(2);
    expect(far.formation).toEqual(alone.formation);
    const first = explain(llama, 'Some', 'Some');
    expect(states(first)[0]).toBe('▁|S|o|m|e');
  });

  it('says so where the text around a token does not give it again', () => {
    const text = encodeUtf8('x'.repeat(40_001));
    const { formation } = explainToken(gpt2, text, { id: 262, start: 9001, end: 9005 });
    expect(formation).toEqual({ kind: 'too-long', bytes: 2052 });
  });

  it('gives variants, with the ids that tiktoken has for them inside a text', () => {
    const { variants } = explain(gpt2, 'a Lower', ' Lower');
    expect(variants.map(({ text }) => text)).toEqual([
      'lower',
      ' lower',
      'Lower',
      ' Lower',
      'LOWER',
      ' LOWER',
    ]);
    const oracle = get_encoding('gpt2');
    for (const { text, tokens } of variants) {
      expect(tokens.map(({ id }) => id)).toEqual([...oracle.encode_ordinary(text)]);
    }
    oracle.free();
    expect(explain(gpt2, 'a 12', ' 12').variants.map(({ text }) => text)).toEqual(['12', ' 12']);
    expect(explain(gpt2, 'x🦄', '🦄').variants).toEqual([]);
  });

  it('knows the form without a space where every text is given one', async () => {
    const llama = await pipeline('llama-2');
    const { variants } = explain(llama, 'some', 'some');
    const names = new Map(variants.map(({ text, tokens }) => [text, tokens.map(({ name }) => name)]));
    expect(names.get('some')).toEqual(['some']);
    expect(names.get(' some')).toEqual(['▁some']);
  });

  it('gives the greedy steps of WordPiece, as the official library has them', async () => {
    const bert = await pipeline('bert-uncased');
    const { formation, variants } = explain(bert, 'An Unaffable man', 'affable');
    const oracle = Oracle.fromString(bertJson());
    const tokens = (await oracle.encode('Unaffable', null, { addSpecialTokens: false })).getTokens();
    expect(formation).toMatchObject({ kind: 'greedy', word: 'Unaffable', known: true });
    expect(greedyNames(formation)).toEqual(tokens);
    expect(variants.length).toBeGreaterThan(0);
    expect(explain(bert, 'a 🦄 b', '🦄').formation).toMatchObject({ kind: 'greedy', known: false });
  });

  it('gives the paths of Unigram, of which the best is the official library’s', async () => {
    const trained = trainedTokenizers['Unigram, whole texts']!();
    const json = JSON.stringify(trained);
    const { tokenizer } = tokenizerFromJson(trained);
    const text = 'segmentation of the words';
    const { ids, starts, ends } = tokenizer.encode(text);
    const expected = (await Oracle.fromString(json).encode(text)).getIds();
    expect([...ids]).toEqual(expected);
    const bytes = encodeUtf8(text);
    ids.forEach((id, i) => {
      const { formation } = explainToken(tokenizer, bytes, { id, start: starts[i]!, end: ends[i]! });
      if (formation.kind !== 'paths') throw new Error(`There are no paths: ${formation.kind}.`);
      const [best, ...others] = formation.paths;
      expect(best!.tokens.some((token) => token.id === id && token.score === formation.score)).toBe(true);
      const sum = best!.tokens.reduce((total, { score }) => total + score, 0);
      expect(best!.score).toBeCloseTo(sum, 6);
      for (const other of others) expect(other.score).toBeLessThanOrEqual(best!.score);
    });
  });

  it('knows that some tokens have no history', async () => {
    const bytes = await loadTokenizer({ kind: 'utf8-bytes' }, readGenerated);
    expect(explain(bytes, 'abc', 'b').formation).toEqual({ kind: 'none' });
    expect(explain(gpt2, 'a b', 'a').formation).toEqual({ kind: 'whole', isSymbol: true });
  });
});

function greedyNames(formation: Formation): string[] {
  return formation.kind === 'greedy' ? formation.matches.map(({ name }) => name) : [];
}
