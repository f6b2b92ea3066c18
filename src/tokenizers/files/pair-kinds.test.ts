import { Tokenizer as Oracle } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { letterOfByte } from '../byte-letters';
import { nastyText } from '../testing/nasty-text';
import { withoutNewerUnicode } from '../testing/newer-unicode';
import { askOracle, difference } from '../testing/oracle';
import { tokenizerFromFiles } from './tokenizer-file';

const letters = Array.from(letterOfByte, (letter) => String.fromCodePoint(letter));
const texts = Array.from({ length: 60 }, (_, seed) => withoutNewerUnicode(nastyText(seed)).toWellFormed());

/** Tokens in the order of their ids, those that merges make last. */
function pair(tokens: readonly string[], merges: readonly string[], last: readonly string[] = []) {
  const all = [...new Set([...tokens, ...merges.map((merge) => merge.replace(' ', '')), ...last])];
  const vocab = Object.fromEntries(all.map((token, id) => [token, id]));
  const file = (name: string, text: string) => ({ name, bytes: encodeUtf8(text) });
  const files = [
    file('vocab.json', JSON.stringify(vocab)),
    file('merges.txt', `#version: 0.2\n${merges.join('\n')}\n`),
  ];
  return { vocab, files, merges };
}

const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };

describe('vocab.json with merges.txt is treated as the models do whose tokens it has', () => {
  it('CLIP: words end in </w>, in lower case', async () => {
    const specials = ['<|startoftext|>', '<|endoftext|>'];
    const { vocab, files, merges } = pair(
      [...letters, ...letters.map((letter) => `${letter}</w>`)],
      ['h e', 'l o</w>', 'l lo</w>', 'he llo</w>', 'w o', "' s</w>"],
      specials,
    );
    const { tokenizer, notes } = await tokenizerFromFiles(files);
    expect(notes.join()).toContain('as for CLIP, in lower case');
    const spelled = (text: string) =>
      Array.from(tokenizer.encode(text, { special: 'parse' }).ids, (id) => tokenizer.token(id)!.name);
    expect(spelled("Hello  HELLO it's 12")).toEqual([
      ...['hello</w>', 'hello</w>', 'i', 't</w>', "'s</w>", '1</w>', '2</w>'],
    ]);
    expect(spelled('<|startoftext|>wo<|endoftext|>')).toEqual([specials[0], 'w', 'o</w>', specials[1]]);
    expect(decodeUtf8(tokenizer.decode(tokenizer.encode('Hello  Hello').ids))).toBe('hello hello');
    // What the library's own converter makes of such files.
    const expression = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;
    const oracle = Oracle.fromString(
      JSON.stringify({
        version: '1.0',
        added_tokens: specials.map((content) => ({ id: vocab[content], content, ...flags })),
        normalizer: {
          type: 'Sequence',
          normalizers: [
            { type: 'NFC' },
            { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
            { type: 'Lowercase' },
          ],
        },
        pre_tokenizer: {
          type: 'Sequence',
          pretokenizers: [
            { type: 'Split', pattern: { Regex: expression }, behavior: 'Removed', invert: true },
            byteLevel,
          ],
        },
        decoder: byteLevel,
        model: { type: 'BPE', vocab, merges, end_of_word_suffix: '</w>', unk_token: '<|endoftext|>' },
      }),
    );
    for (const text of texts) {
      const ours = tokenizer.encode(text, { special: 'parse' });
      expect(difference(text, ours, await askOracle(oracle, text))).toBeUndefined();
    }
  });

  it('RoBERTa: special tokens, and a mask that takes the space before it', async () => {
    const specials = ['<s>', '<pad>', '</s>', '<unk>', '<mask>'];
    const { files } = pair([...specials.slice(0, 4), ...letters], ['h e', 'he l'], ['<mask>']);
    const { tokenizer, notes } = await tokenizerFromFiles(files);
    expect(notes.join()).toContain('treated as for RoBERTa');
    const { ids } = tokenizer.encode('hel <mask></s>', { special: 'parse' });
    expect(Array.from(ids, (id) => tokenizer.token(id)!.name)).toEqual(['hel', '<mask>', '</s>']);
    expect(specials.every((name) => tokenizer.token(tokenizer.idsOf(name)[0]!)!.special)).toBe(true);
    expect(decodeUtf8(tokenizer.decode(tokenizer.encode('hel ло').ids))).toBe('hel ло');
  });

  it('the first GPT: words of characters', async () => {
    const characters = [...'abcdefgh.'].flatMap((letter) => [letter, `${letter}</w>`]);
    const { files } = pair(['<unk>', ...characters], ['a b', 'c d</w>']);
    const { tokenizer, notes } = await tokenizerFromFiles(files);
    expect(notes.join()).toContain('as for the first GPT');
    const { ids } = tokenizer.encode('AB cd. ж');
    expect(Array.from(ids, (id) => tokenizer.token(id)!.name)).toEqual([
      'a',
      'b</w>',
      'cd</w>',
      '.</w>',
      '<unk>',
    ]);
    expect(decodeUtf8(tokenizer.decode(ids))).toBe('ab cd . <unk>');
  });

  it('GPT-2 otherwise; tokens that merges make are no special tokens', async () => {
    const { files } = pair(letters, ['< s', '<s >'], ['<|endoftext|>']);
    const { tokenizer, notes } = await tokenizerFromFiles(files);
    expect(notes).toEqual(['The files do not say how to split text into pieces: it is split as for GPT-2.']);
    const [whole] = tokenizer.idsOf('<s>');
    expect(tokenizer.token(whole!)!.special).toBe(false);
    expect(tokenizer.token(tokenizer.idsOf('<|endoftext|>')[0]!)!.special).toBe(true);
  });

  it('passes over #version wherever it stands', async () => {
    const { files } = pair(letters, ['h e', '#version: 0.2', 'he l']);
    // The token "#version:0.2" that the line would name does no harm.
    const { tokenizer } = await tokenizerFromFiles(files);
    expect(tokenizer.encode('hel').ids).toHaveLength(1);
  });
});
