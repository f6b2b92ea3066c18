import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { stateAfter } from '../../core/text/merge-trace';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { spanDifference } from '../testing/sentencepiece-spans';
import { sentencePieceSteps } from './sentencepiece-model';
import { drain } from './steps';

const folder = new URL('../testing/fixtures/sentencepiece/', import.meta.url);

/** The answers of Google's library (see make.py in that folder). */
const golden = JSON.parse(decodeUtf8(gunzipSync(readFileSync(new URL('golden.json.gz', folder))))) as {
  readonly texts: string[];
  readonly models: Readonly<
    Record<
      string,
      {
        readonly ids: number[][];
        /** Begin and end of each piece in bytes, one after the other. */
        readonly spans: number[][];
        readonly decoded: string[];
        /** Ids that no text gives, and what they decode to. */
        readonly loose: [ids: number[], decoded: string][];
      }
    >
  >;
};

const loaded = new Map<string, ReturnType<typeof read>>();

function read(name: string) {
  return drain(sentencePieceSteps(readFileSync(new URL(`${name}.model`, folder)), name)).tokenizer;
}

function load(name: string) {
  const tokenizer = loaded.get(name) ?? read(name);
  loaded.set(name, tokenizer);
  return tokenizer;
}

/** The library decodes every byte that is not part of a character to U+FFFD; here such bytes stay. */
function bytesAsReplaced(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at]!;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const character = decodeUtf8(bytes.subarray(at, at + length));
    const isValid = encodeUtf8(character).join() === bytes.subarray(at, at + length).join();
    text += isValid ? character : '\ufffd';
    at += isValid ? length : 1;
  }
  return text;
}

describe.each(Object.keys(golden.models))('SentencePiece itself agrees with %s', (name) => {
  const tokenizer = load(name);
  const { ids, spans, decoded, loose } = golden.models[name]!;
  const isByte = (id: number) => /^<0x[0-9A-F]{2}>$/.test(tokenizer.tokenOf(id));

  it('in ids, spans and decoded texts', () => {
    const differences: string[] = [];
    golden.texts.forEach((text, i) => {
      const ours = tokenizer.encode(text);
      const shown = JSON.stringify(text);
      if (ours.ids.join() !== ids[i]!.join()) {
        differences.push(`${shown}: ${ours.ids} instead of ${ids[i]}`);
        return;
      }
      const span = spanDifference(encodeUtf8(text).length, ours, spans[i]!, (k) => isByte(ours.ids[k]!));
      if (span) differences.push(`${shown}: ${span}`);
      const back = decodeUtf8(tokenizer.decode(ours.ids));
      if (back !== decoded[i]) differences.push(`${shown}: ${back} instead of ${decoded[i]}`);
    });
    expect(golden.texts.length).toBeGreaterThan(50);
    expect(differences).toEqual([]);
  });

  it('in what ids decode to that no text gives', () => {
    const differences = loose.filter(([some, text]) => {
      // A control piece, which vanishes, does not end a character there.
      const isWithin = some.some((id, i) => i > 0 && tokenizer.token(id)!.special && isByte(some[i - 1]!));
      return !isWithin && bytesAsReplaced(tokenizer.decode(some)) !== text;
    });
    expect(differences).toEqual([]);
  });

  it('and its traces lead to the tokens', () => {
    for (const text of golden.texts.slice(0, 30)) {
      const trace = tokenizer.trace(text);
      const expected = tokenizer.encode(text);
      if (trace?.kind !== 'merges') continue;
      const { ids, starts, ends } = stateAfter(trace, trace.ids.length);
      expect({ ids, starts, ends }).toEqual(expected);
    }
  });
});

describe('SentencePiece models', () => {
  const cover = (name: string, text: string) => {
    const tokenizer = load(name);
    const { ids, starts, ends } = tokenizer.encode(text);
    const bytes = encodeUtf8(text);
    return Array.from(ids, (id, i) => [
      tokenizer.tokenOf(id),
      decodeUtf8(bytes.subarray(starts[i], ends[i])),
    ]);
  };

  it('find user-defined symbols in the text as it is', () => {
    // A tab is a space after normalization, and so would be the space of "a b" before the mark.
    expect(cover('bpe-symbols', 'a\tb')).toEqual([
      ['▁', ''],
      ['a\tb', 'a\tb'],
    ]);
    expect(cover('bpe-symbols', 'zﬁ')).toContainEqual(['ﬁ', 'ﬁ']);
    expect(cover('unigram', 'the ﬁ')).not.toContainEqual(['ﬁ', 'ﬁ']);
  });

  it('give control symbols to no text', () => {
    expect(cover('char', 'bob')).toEqual([
      ['▁', ''],
      ['<unk>', 'b'],
      ['o', 'o'],
      ['<unk>', 'b'],
    ]);
    const tokenizer = load('char');
    const [control] = tokenizer.idsOf('<ctl>');
    expect([...tokenizer.encode('<ctl>', { special: 'parse' }).ids]).toEqual([control]);
    expect([...tokenizer.encode('<ctl>').ids]).not.toContain(control);
    expect(tokenizer.decode([control!])).toHaveLength(0);
  });

  it('give collapsed spaces to the piece that stands for them, and others to none', () => {
    expect(cover('char', '  x   o  ')).toEqual([
      ['▁', ''],
      ['x', 'x'],
      ['▁', '   '],
      ['o', 'o'],
    ]);
  });

  it('give text that normalization removes to no piece', () => {
    expect(cover('word-suffix', '\x01the\x01')).toEqual([
      ['the', 'the'],
      ['▁', ''],
    ]);
  });

  it('find the same with text in slices', async () => {
    for (const name of ['bpe-unused', 'bpe-symbols', 'unigram']) {
      const tokenizer = load(name);
      const text = golden.texts.join(' ');
      expect(await tokenizer.encodeInSlices(text, {})).toEqual(tokenizer.encode(text));
    }
  });
});
