import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { tokenizerFromJson } from './hugging-face/tokenizer-json';
import { characterSpans } from './testing/character-spans';
import { charsmap } from './testing/charsmap';
import { askOracle, difference } from './testing/oracle';

/** A tokenizer.json of a model that knows a few letters, each a token. */
function json(parts: object) {
  const letters = ['<unk>', 'a', 'b', 'é', 'f', 'i', 'A', '▁', '▁a', '▁b'];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    model: { type: 'Unigram', unk_id: 0, vocab: letters.map((letter) => [letter, -letter.length]) },
    ...parts,
  };
}

/** BPE without an unknown token and, of byte letters, without that of the byte 0x96: what it lacks is dropped. */
const dropping = {
  model: {
    type: 'BPE',
    unk_token: null,
    vocab: { a: 0, b: 1, ab: 2, ä: 3, '¸': 4, '\u0120': 5 },
    merges: [['a', 'b']],
  },
};
const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false };

const nfc = { normalizer: { type: 'NFC' } };
const map = (replacements: Record<string, string>) => ({
  normalizer: { type: 'Precompiled', precompiled_charsmap: charsmap(replacements) },
});
const spaces = (content: string) => ({
  normalizer: { type: 'Replace', pattern: { Regex: ' {2,}' }, content },
});

/** What each token covers. Where the library says otherwise, `theirs` is what it says, in characters. */
const cases: [what: string, parts: object, text: string, covers: string[], theirs?: number[]][] = [
  ['letters of one character share it', { normalizer: { type: 'NFKC' } }, 'ﬁa', ['ﬁ', 'ﬁ', 'a']],
  ['a character made from several covers them', nfc, 'ae\u0301b', ['a', 'e\u0301', 'b'], [0, 1, 1, 2, 3, 4]],
  ['so does a space for a run of them', spaces('▁'), 'a   b', ['a', '   b'], [0, 1, 3, 5]],
  [
    'and what a map makes of several',
    map({ 'e\u0301': 'é' }),
    'ae\u0301b',
    ['a', 'e\u0301', 'b'],
    [0, 1, 1, 2, 3, 4],
  ],
  ['what is removed belongs to no token', map({ x: '' }), 'axxb', ['a', 'b']],
  ['nor does it at the front, or shift what follows', map({ x: '' }), 'xab', ['a', 'b'], [0, 1, 1, 2]],
  ['nor do removed accents', { normalizer: { type: 'StripAccents' } }, 'a\u0301b', ['a', 'b']],
  ['nor does what replaces by nothing', spaces(''), 'a   b', ['a', 'b']],
  [
    'nor do the ends that are stripped',
    { normalizer: { type: 'Strip', strip_left: true, strip_right: true } },
    '  a ',
    ['a'],
  ],
  ['nor does what a model has no token for', dropping, 'a世b世a', ['a世b', 'a'], [0, 2, 1, 2]],
  ['nor does it at either end', dropping, '世aa世', ['a', 'a'], [0, 1, 0, 1]],
  [
    'nor does a byte of a character',
    { ...dropping, pre_tokenizer: byteLevel },
    'a\u4e16a b',
    ['a', '\u4e16', '\u4e16', 'a', ' ', 'b'],
    [0, 1, 1, 2, 1, 2, 1, 2, 1, 3, 3, 4],
  ],
  [
    'an added space covers what it is put before',
    { normalizer: { type: 'Prepend', prepend: '▁' } },
    'fa',
    ['f', 'f', 'a'],
  ],
];

describe('a token covers the characters that it was made from', () => {
  it.each(cases)('%s', async (_, parts, text, covers, theirs) => {
    const file = json(parts);
    const tokens = tokenizerFromJson(file).tokenizer.encode(text);
    // Where a token has a part of a character, the character.
    const spans = characterSpans(text, tokens);
    const ours = Array.from(tokens.ids, (__, i) => [...text].slice(spans[2 * i], spans[2 * i + 1]).join(''));
    expect(ours).toEqual(covers);
    const official = await askOracle(Oracle.fromString(JSON.stringify(file)), text);
    if (theirs) expect([...official.spans]).toEqual(theirs);
    else expect(difference(text, tokens, official)).toBeUndefined();
  });
});
