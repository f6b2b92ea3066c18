import { readFileSync } from 'node:fs';
import { Tiktoken } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { stateAfter } from '../../core/text/merge-trace';
import { encodeUtf8 } from '../../core/text/utf8';
import { nastyText } from '../testing/nasty-text';
import { rankTokens, textOfParts, tiktokenFile, tiktokenRanks } from '../testing/rank-vocabulary';
import { chooseEncoding } from './choose-encoding';
import { tiktokenEncodings } from './tiktoken-encodings';
import { tokenizerFromFiles } from './tokenizer-file';

const bytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
const load = (tokens: Parameters<typeof tiktokenFile>[0], encoding?: string) =>
  tokenizerFromFiles(
    [{ name: 'x.tiktoken', bytes: tiktokenFile(tokens) }],
    encoding === undefined ? {} : { encoding },
  );
const find = (id: string) => tiktokenEncodings.find((encoding) => encoding.id === id)!;

/** As its publisher writes it: ours are written without intersections of classes. */
const KIMI = [
  String.raw`[\p{Han}]+`,
  String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?`,
  String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?`,
  String.raw`\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
].join('|');

describe('.tiktoken files of any ranks', () => {
  it.each(['gpt2', 'cl100k', 'o200k', 'qwen', 'kimi-k2'].map((id, i) => [id, i] as const))(
    'as tiktoken cuts them, %s',
    async (id, i) => {
      const tokens = rankTokens(i);
      const { tokenizer } = await load(tokens, id);
      const { pattern, normalizer } = find(id);
      const oracle = new Tiktoken(
        tiktokenRanks(tokens),
        {},
        pattern === find('kimi-k2').pattern ? KIMI : pattern,
      );
      for (let seed = 0; seed < 16; seed++) {
        const raw = seed % 2 ? nastyText(seed).toWellFormed() : textOfParts(seed, tokens).toWellFormed();
        const text = normalizer ? raw.normalize(normalizer) : raw;
        let right: number[] | undefined;
        try {
          right = [...oracle.encode_ordinary(text)];
        } catch {
          // It panics where a byte stays alone that has no token.
        }
        if (right) expect([...tokenizer.encode(text).ids]).toEqual(right);
        else expect(() => tokenizer.encode(text)).toThrow('no token for');
      }
    },
  );

  it('with tokens of more than 255 bytes, and an empty one', async () => {
    const run = Uint8Array.from({ length: 256 }, () => 0x61);
    const halves = Array.from({ length: 7 }, (_, i) => run.subarray(0, 2 ** (i + 1)));
    const { tokenizer } = await load([...bytes, ...halves, run, new Uint8Array(0)]);
    expect(tokenizer.vocabularySize).toBe(265);
    const oracle = new Tiktoken(tiktokenRanks([...bytes, ...halves, run]), {}, find('cl100k').pattern);
    for (const length of [255, 256, 257, 511, 512, 700]) {
      const text = 'a'.repeat(length);
      expect([...tokenizer.encode(`${text} b`).ids]).toEqual([...oracle.encode_ordinary(`${text} b`)]);
    }
    expect([...tokenizer.encode('a'.repeat(256)).ids]).toEqual([263]);
    expect([...tokenizer.decode([97, 264, 98])]).toEqual([97, 98]);
    expect(tokenizer.token(264)).toEqual({ id: 264, bytes: new Uint8Array(0), name: '', special: false });
    expect(tokenizer.idsOf('')).toEqual([264]);
    expect(() => tokenizer.decode([265])).toThrow(RangeError);
  });

  it('where tokens are made of tokens of higher rank, as Llama 3 has some', async () => {
    // "abc" is 256, out of "bc", which is 257.
    const { tokenizer } = await load([...bytes, encodeUtf8('abc'), encodeUtf8('bc')]);
    expect([...tokenizer.encode('xabcbc').ids]).toEqual([120, 256, 257]);
    const trace = tokenizer.trace('xabc');
    if (trace?.kind !== 'merges') throw new Error('no merges');
    expect([...trace.ids]).toEqual([257, 256]);
    expect([...stateAfter(trace, 2).ids]).toEqual([120, 256]);
  });

  it('at once where a piece is long', async () => {
    const { tokenizer } = await load([...bytes, encodeUtf8('ab'), encodeUtf8('aab'), encodeUtf8('aa')]);
    const ids = await tokenizer.encodeInSlices('aab'.repeat(22_000), {});
    expect(ids.ids.length).toBe(22_000);
  });

  it('without some bytes, where a text has none of them', async () => {
    const { tokenizer, notes } = await load(bytes.map((one, byte) => (byte === 0xe6 ? undefined : one)));
    expect(notes[1]).toBe(
      'The file has no token for 1 byte of the 243 that texts are made of: not every text can be tokenized.',
    );
    expect([...tokenizer.encode('aé').ids]).toEqual([97, 0xc3, 0xa9]);
    expect(() => tokenizer.encode('a漢')).toThrow('The text has "漢", which this tokenizer has no token for');
    // 0xff is in no text.
    expect((await load(bytes.slice(0, 255))).notes).toHaveLength(1);
  });
});

describe('encodings of .tiktoken files', () => {
  it.each([
    ['gpt2', 'r50k_base'],
    ['p50k', 'p50k_base'],
    ['cl100k', 'cl100k_base'],
    ['o200k', 'o200k_base'],
  ])('%s is %s', (id, name) => {
    const path = `node_modules/tiktoken/encoders/${name}.json`;
    const { pat_str, special_tokens } = JSON.parse(readFileSync(path, 'utf8'));
    expect(find(id).special()).toEqual(special_tokens);
    const [ours, theirs] = [find(id).pattern, pat_str].map((pattern) => {
      const oracle = new Tiktoken(tiktokenRanks(bytes), {}, pattern);
      return Array.from({ length: 8 }, (_, seed) =>
        oracle.encode_ordinary(nastyText(seed).toWellFormed()).join(),
      );
    });
    expect(ours).toEqual(theirs);
  });

  it.each([
    ['llama-3', '<|eot_id|>', 128009, 128255],
    ['llama-4', '<|eot|>', 200008, 202047],
    ['llama-4', '<|image|>', 200090, 202047],
    ['llama-4', '<|reasoning_thinking_start|>', 201142, 202047],
    ['qwen', '<|extra_204|>', 151850, 151850],
    ['kimi-k2', '<|im_middle|>', 163601, 163839],
    ['kimi-k2', '</think>', 163607, 163839],
    ['kimi-k3', '<|media_pad|>', 163605, 163839],
    ['hunyuan', '<|extra_0|>', 127962, 128166],
    ['whisper', '<|notimestamps|>', 50363, 51864],
    ['whisper-v3', '<|0.02|>', 50366, 51865],
    ['whisper-english', '<|30.00|>', 51863, 51863],
  ])('%s has %s at %i, and special tokens up to %i', (id, token, at, last) => {
    const special = find(id).special();
    expect(special[token]).toBe(at);
    expect(Math.max(...Object.values(special))).toBe(last);
    expect(new Set(Object.values(special)).size).toBe(Object.keys(special).length);
  });

  it('is the one with as many tokens, and has its special tokens', () => {
    const { note, encodings, special } = chooseEncoding(50_256);
    expect(note).toBe(
      'The file says neither how to split text into pieces nor its special tokens: with its 50,256 tokens it is taken for GPT-2.',
    );
    expect(encodings.chosen).toBe('gpt2');
    expect(encodings.all.map(({ id }) => id)).toEqual([
      'gpt2',
      'whisper-english',
      'cl100k',
      'o200k',
      'qwen',
      'kimi-k2',
    ]);
    expect(special).toEqual({ '<|endoftext|>': 50256 });
    const names = [50_257, 151_643, 163_584, 199_998, 200_000, 128_000].map(
      (count) => chooseEncoding(count).encodings.chosen,
    );
    expect(names).toEqual(['whisper', 'qwen', 'kimi-k2', 'o200k', 'llama-4', 'llama-3']);
  });

  it('can be chosen, and is a guess where there is none of that size', async () => {
    const guess = await load(bytes);
    expect(guess.notes[0]).toContain(
      'with its 256 tokens it is none of the known ones, so splitting as cl100k does is a guess',
    );
    const tokens = [...bytes, encodeUtf8('12345')];
    const ids = async (encoding?: string) => [
      ...(await load(tokens, encoding)).tokenizer.encode('12345').ids,
    ];
    expect(await ids()).toHaveLength(5);
    expect(await ids('gpt2')).toEqual([256]);
    expect((await load(tokens, 'llama-4')).encodings?.chosen).toBe('o200k');
    expect((await load(tokens, 'gpt2')).notes[0]).toContain(
      'it is read as GPT-2, as chosen. It has no special tokens',
    );
    await expect(load(tokens, 'gpt5')).rejects.toMatchObject({ code: 'tokenizer-unknown' });
    const file = {
      name: 'tokenizer.json',
      bytes: encodeUtf8('{"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}'),
    };
    await expect(tokenizerFromFiles([file], { encoding: 'gpt2' })).rejects.toThrow(
      'says itself how it splits text',
    );
  });
});
