import { describe, expect, it } from 'vitest';
import type { Tokenizer } from '../../core/text/tokens';
import { encodeUtf8 } from '../../core/text/utf8';
import { drain } from '../files/steps';
import { tokenizerFromFiles } from '../files/tokenizer-file';
import { added, assembled } from '../testing/agreement';
import { compareListings, listVocabulary } from '../vocabulary-listing';
import { nastyTexts } from './corpus';
import { compareBy, differ } from './differ';
import type { Side } from './explain';
import { firstParting } from './parting';

const open = async (json: object): Promise<Tokenizer> => {
  const bytes = encodeUtf8(JSON.stringify(json));
  return (await tokenizerFromFiles([{ name: 'tokenizer.json', bytes }])).tokenizer;
};

const side = (tokenizer: Tokenizer): Side => ({
  encode: async (texts, options) => texts.map((text) => tokenizer.encode(text, options)),
  find: async (tokens) => tokens.map((bytes) => tokenizer.idsOf(bytes)[0]),
});

const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
// A copy: the trained vocabulary is shared.
const base = (parts: object = {}) =>
  structuredClone(
    assembled('BPE', {
      pre_tokenizer: byteLevel,
      decoder: byteLevel,
      normalizer: null,
      added_tokens: [],
      ...parts,
    }),
  );

async function reasons(one: object, other: object, text: string, options = {}) {
  const [a, b] = [await open(one), await open(other)];
  const { texts } = await differ(side(a), side(b), 'ids', text, options);
  return { kind: texts[0]!.difference?.likely.kind, difference: texts[0]!.difference, texts };
}

describe('firstParting', () => {
  const pieces = (ends: number[], ids = ends.map((_, i) => i)) => ({
    ids,
    ends,
    starts: ends.map((_, i) => (i === 0 ? 0 : ends[i - 1]!)),
  });
  it('finds where two tokenizations part and where they meet again', () => {
    const a = pieces([2, 4, 6, 9], [1, 2, 3, 4]);
    const b = pieces([2, 3, 6, 9], [1, 7, 8, 4]);
    expect(firstParting(a, b, 'ids')).toEqual({ start: 2, end: 6, first: [1, 3], second: [1, 3] });
    expect(firstParting(a, b, 'cuts')).toEqual({ start: 2, end: 6, first: [1, 3], second: [1, 3] });
    expect(firstParting(a, a, 'ids')).toBeUndefined();
    expect(firstParting(pieces([]), pieces([]), 'ids')).toBeUndefined();
  });
  it('sees a missing end, and another number for the same piece', () => {
    expect(firstParting(pieces([1, 2]), pieces([1]), 'ids')).toEqual({
      start: 1,
      end: 2,
      first: [1, 2],
      second: [1, 1],
    });
    expect(firstParting(pieces([1], [5]), pieces([1], [6]), 'cuts')).toBeUndefined();
    expect(firstParting(pieces([1], [5]), pieces([1], [6]), 'ids')).toMatchObject({ start: 0, end: 1 });
  });
});

describe('two files of one model', () => {
  it('are the same as themselves on every text', async () => {
    const { texts } = await reasons(base(), base(), 'the quick brown fox');
    expect(texts).toHaveLength(nastyTexts.length + 1);
    expect(texts.filter(({ difference }) => difference)).toEqual([]);
  });

  it.each([
    ['prefix-space', { pre_tokenizer: { ...byteLevel, add_prefix_space: true } }, 'the quick', {}],
    ['normalizer', { normalizer: { type: 'Lowercase' } }, 'the quick BROWN fox', {}],
    ['normalizer', { normalizer: { type: 'NFKC' } }, 'the \ufb01sh', {}],
    ['special-tokens', { added_tokens: [added('<s>', 900_000)] }, 'a <s> b', { special: 'parse' }],
    [
      'pattern',
      {
        pre_tokenizer: {
          type: 'Sequence',
          pretokenizers: [
            { type: 'Split', pattern: { String: 'ui' }, behavior: 'Isolated', invert: false },
            { ...byteLevel, use_regex: false },
          ],
        },
      },
      'the quick fox',
      {},
    ],
  ])('differ by %s with %j', async (kind, parts, text, options) => {
    const found = await reasons(base(), base(parts), text, options);
    expect(found.kind).toBe(kind);
    expect(text).toContain(found.difference!.shortest);
  });

  it('differ by their vocabulary where one lacks a token', async () => {
    const one = base();
    const other = base();
    const model = other.model as { vocab: Record<string, number>; merges: (string | string[])[] };
    const whole = Object.keys(model.vocab).filter((token) => /^[a-z]{3,}$/.test(token));
    // A token that no other merge needs.
    const parts = new Set(
      model.merges.flatMap((merge) => (typeof merge === 'string' ? merge.split(' ') : merge)),
    );
    const gone = whole.find((token) => !parts.has(token))!;
    expect(gone).toBeDefined();
    delete model.vocab[gone];
    model.merges = model.merges.filter(
      (merge) => (typeof merge === 'string' ? merge.split(' ') : merge).join('') !== gone,
    );
    const { difference } = await reasons(one, other, gone);
    expect(difference?.likely.kind).toBe('vocabulary');
    expect(difference?.likely.words).toContain(`“${gone}”`);
  });
});

describe('vocabulary listings', () => {
  it('tell equal, moved and missing tokens apart', async () => {
    const one = base();
    const list = async (json: object) => drain(listVocabulary(await open(json)));
    const first = await list(one);
    const other = base();
    const { vocab } = other.model as { vocab: Record<string, number> };
    const [x, y] = Object.keys(vocab).filter((token) => /^[a-z]$/.test(token));
    [vocab[x!], vocab[y!]] = [vocab[y!]!, vocab[x!]!];
    const second = await list({ ...other, added_tokens: [added('<new>', 900_000)] });
    const same = compareListings(first, first);
    expect(same).toMatchObject({ moved: 0, onlyFirst: 0, onlySecond: 0, examples: [] });
    expect(same.same).toBe(Object.keys(vocab).length);
    const facts = compareListings(first, second);
    expect(facts).toMatchObject({ moved: 2, onlyFirst: 0, onlySecond: 1, same: same.same - 2 });
    expect(compareBy(facts)).toBe('ids');
  });
});
