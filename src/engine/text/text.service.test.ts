import { createHash } from 'node:crypto';
import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import type { MergeTrace } from '../../core/text/merge-trace';
import { rowStart } from '../../core/text/rows';
import { encodeUtf8 } from '../../core/text/utf8';
import type { TokenizerSpec } from '../../tokenizers/spec';
import { readGenerated } from '../../tokenizers/testing/generated-vocabulary';
import type { AcceptProgress, LookUpQuery, SegmentArgs, Segmentation, SegmentProgress } from './text.api';
import { textHandlers } from './text.service';
import type { ReadVocabulary } from './tokenizer-loader';

const gpt2: TokenizerSpec = {
  kind: 'bpe-ranks',
  vocabulary: 'gpt2',
  pattern: String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
  special: { '<|endoftext|>': 50256 },
};

const keys = new Map<string, number>();

const args = (text: string, width = 80, spec: TokenizerSpec = gpt2): SegmentArgs => {
  if (!keys.has(text)) keys.set(text, keys.size + 1);
  return {
    tokenizer: { id: spec.kind, label: spec.kind, spec },
    text: { key: keys.get(text)!, bytes: encodeUtf8(text) },
    options: { width, ids: false },
  };
};

/** Handlers as a worker serves them. */
const service = (read: ReadVocabulary = readGenerated) => textHandlers(read);

function context(signal = new AbortController().signal) {
  const transferred: Transferable[] = [];
  const progress: SegmentProgress[] = [];
  return {
    signal,
    transferred,
    progressed: progress,
    progress: (value: SegmentProgress) => void progress.push(value),
    transfer: (...objects: Transferable[]) => void transferred.push(...objects),
  };
}

describe('the text worker', () => {
  it('cuts, colours and lays out; everything large is moved', async () => {
    const { segment } = service();
    const call = context();
    const result = (await segment(args('Hello, naïve world!\nNext'), call))!;
    const oracle = get_encoding('gpt2');
    expect(result.tokens.ids).toEqual(oracle.encode_ordinary('Hello, naïve world!\nNext'));
    oracle.free();
    expect(result.hues).toHaveLength(result.tokens.ids.length);
    expect(result).toMatchObject({ vocabularySize: 50257, bytes: 25, codePoints: 24, words: 4 });
    expect(rowStart(result.rows, result.tokens, 1)).toBe(21);
    expect(new Set(call.transferred)).toEqual(
      new Set([
        result.tokens.ids.buffer,
        result.tokens.starts.buffer,
        result.tokens.ends.buffer,
        result.hues.buffer,
        result.rows.tokens.buffer,
        result.rows.offsets.buffer,
      ]),
    );
  });

  it('spells what has no text of its own, and says what is lost', async () => {
    const { segment } = service();
    const pipeline = async (vocabulary: string, text: string) =>
      (await segment(args(text, 80, { kind: 'pipeline', vocabulary }), context()))!;
    const shown = ({ glyphs }: Segmentation) =>
      [...glyphs.tokens].map((token, i) => [token, glyphs.spellings[glyphs.spelling[i]!]]);
    const llama = await pipeline('llama-2', '1234567');
    expect(shown(llama)).toEqual([[0, '\u2581']]);
    expect(llama.tokens.ids).toHaveLength(8);
    expect(llama.loss).toBeNull();
    expect(shown(await pipeline('llama-2', 'é x'))).toEqual([]);
    const bert = await segment(
      {
        ...args('hello 👩‍🚀 🦄 a'),
        tokenizer: { id: 'bert', label: 'b', spec: { kind: 'pipeline', vocabulary: 'bert-uncased' } },
      },
      context(),
    );
    expect(shown(bert!)).toEqual([
      [1, '[UNK]'],
      [2, '[UNK]'],
    ]);
    expect(bert!.loss).toEqual({ unknown: '[UNK]', tokens: 2, bytes: 11 + 4 });
  });

  it('orders text from right to left', async () => {
    const { segment } = service();
    const { levels } = (await segment(args('abc שלום'), context()))!;
    expect(levels && new Set(levels)).toEqual(new Set([0, 1]));
    expect((await segment(args('abc'), context()))!.levels).toBeUndefined();
  });

  it('tells how a text became its tokens, and moves what is large of it', async () => {
    const { trace } = service();
    const call = context();
    const { tokenizer, text } = args('low lower');
    const answer = (await trace({ tokenizer, text, options: {} }, call))!;
    const merges = answer.trace as MergeTrace;
    expect(merges.symbols.ids).toHaveLength(9);
    expect(merges.ids).toHaveLength(7);
    expect(call.transferred).toContain(merges.ids.buffer);
    const { key } = text;
    expect(await trace({ tokenizer, text: { key: key + 1000 }, options: {} }, context())).toBeNull();
    const words = { ...tokenizer, id: 'words', spec: { kind: 'words' } as const };
    expect(await trace({ tokenizer: words, text: { key }, options: {} }, context())).toEqual({
      trace: undefined,
    });
  });

  it('lays out again without the tokens, also when it has lost them', async () => {
    const text = 'lorem ipsum dolor '.repeat(50);
    const first = service();
    await first.segment(args(text), context());
    const again = (await first.layout(args(text, 40), context()))!;
    const fresh = await service().layout(args(text, 40), context());
    expect(again.count).toBeGreaterThan(20);
    expect(again).toEqual(fresh);
  });

  it('reads a vocabulary once for all who wait, and tells each of its bytes', async () => {
    let reads = 0;
    const { segment } = textHandlers((name, onProgress) => {
      reads++;
      onProgress(10, 100);
      return readGenerated(name);
    });
    const [a, b] = [context(), context()];
    await Promise.all([segment(args('one'), a), segment(args('two'), b)]);
    expect(reads).toBe(1);
    for (const { progressed } of [a, b]) {
      expect(progressed.at(-1)).toEqual({ phase: 'encode', share: 1 });
    }
  });

  it('does not keep a failed load: the next call tries again', async () => {
    let broken = true;
    const { segment } = textHandlers((name) =>
      broken ? Promise.reject(new TokenoscopeError('tokenizer-fetch', 'No network.')) : readGenerated(name),
    );
    await expect(segment(args('one'), context())).rejects.toMatchObject({ code: 'tokenizer-fetch' });
    broken = false;
    expect((await segment(args('one'), context()))!.tokens.ids).toHaveLength(1);
  });

  it('stops at an abort, and neither that nor a failure holds up later work', async () => {
    const { segment } = service();
    const bytes: TokenizerSpec = { kind: 'utf8-bytes' };
    const controller = new AbortController();
    const long = segment(args('word '.repeat(400_000)), context(controller.signal));
    const other = segment(args('next', 80, bytes), context());
    controller.abort();
    await expect(long).rejects.toMatchObject({ code: 'aborted' });
    expect((await other)!.tokens.ids).toHaveLength(4);
  });

  it('keeps a text, and asks for one that it does not have', async () => {
    const { segment, layout } = service();
    const whole = args('one two');
    const known = { ...whole, text: { key: whole.text.key } };
    expect(await segment(known, context())).toBeNull();
    expect((await segment(whole, context()))!.tokens.ids).toHaveLength(2);
    expect((await segment(known, context()))!.tokens.ids).toHaveLength(2);
    expect((await layout(known, context()))!.count).toBe(1);
    await segment(args('another'), context());
    expect(await layout(known, context())).toBeNull();
  });

  it('finds tokens by id and by text', async () => {
    const { lookUp } = service();
    const { tokenizer } = args('');
    const ask = (query: LookUpQuery) => lookUp({ tokenizer, query }, context());
    expect(await ask({ id: 262 })).toMatchObject([{ id: 262, bytes: encodeUtf8(' the'), special: false }]);
    expect(await ask({ token: ' the' })).toMatchObject([{ id: 262 }]);
    expect(await ask({ token: 'no such token' })).toEqual([]);
    expect(await ask({ id: 99_999_999 })).toEqual([]);
  });

  it('takes a tokenizer out of files, and cuts with it', async () => {
    const { accept, segment } = service();
    const json = JSON.stringify({
      version: '1.0',
      truncation: { max_length: 5 },
      added_tokens: [],
      pre_tokenizer: { type: 'Whitespace' },
      model: { type: 'WordLevel', vocab: { one: 0, two: 1, '?': 2 }, unk_token: '?' },
    });
    const files = [{ name: 'tokenizer.json', content: new Blob([json]) }];
    const seen: AcceptProgress[] = [];
    const accepted = await accept({ files }, { ...context(), progress: (one) => void seen.push(one) });
    expect(accepted).toMatchObject({
      sha256: createHash('sha256').update(json).digest('hex'),
      kind: 'tokenizer.json',
      size: json.length,
      vocabularySize: 3,
      notes: [expect.stringMatching(/truncat/i)],
    });
    expect(seen[0]).toEqual({ phase: 'read', loaded: json.length, total: json.length });
    expect(seen.at(-1)).toMatchObject({ phase: 'parse', total: json.length });
    const ref = { id: `file:${accepted.sha256}`, label: 'mine', spec: { kind: 'files', files: [] } } as const;
    const result = await segment({ ...args('two one three'), tokenizer: ref }, context());
    expect([...result!.tokens.ids]).toEqual([1, 0, 2]);
    expect(result!.notes).toEqual(accepted.notes);
    // Another worker starts from the files.
    const again = await service().segment(
      { ...args('two one three'), tokenizer: { ...ref, spec: { kind: 'files', files } } },
      context(),
    );
    expect(again!.tokens).toEqual(result!.tokens);
  });

  it('says what is wrong with a file, and forgets it', async () => {
    const { accept } = service();
    const files = [{ name: 'bad.json', content: new Blob(['{"model": {"type": "BPE", "vocab": ']) }];
    await expect(accept({ files }, { ...context(), progress: () => {} })).rejects.toMatchObject({
      code: 'tokenizer-corrupt',
    });
  });
});
