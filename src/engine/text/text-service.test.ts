import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import { rowStart } from '../../core/text/rows';
import type { SegmentArgs, SegmentProgress } from './api';
import type { TokenizerSpec } from './spec';
import { readGenerated } from './testing/generated-vocabulary';
import { textHandlers } from './text-service';

const gpt2: TokenizerSpec = {
  kind: 'bpe-ranks',
  vocabulary: 'gpt2',
  pattern: String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
  special: { '<|endoftext|>': 50256 },
};

const args = (text: string, width = 80, spec: TokenizerSpec = gpt2): SegmentArgs => ({
  tokenizer: { id: spec.kind, label: spec.kind, spec },
  text,
  options: { width, ids: false },
});

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
    const { segment } = textHandlers((name) => readGenerated(name));
    const call = context();
    const result = await segment(args('Hello, naïve world!\nNext'), call);
    const oracle = get_encoding('gpt2');
    expect(result.tokens.ids).toEqual(oracle.encode_ordinary('Hello, naïve world!\nNext'));
    oracle.free();
    expect(result.hues).toHaveLength(result.tokens.ids.length);
    expect(result).toMatchObject({ vocabularySize: 50257, bytes: 25, codePoints: 24 });
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

  it('lays out anew without the tokens, also when it has lost them', async () => {
    const text = 'lorem ipsum dolor '.repeat(50);
    const first = textHandlers((name) => readGenerated(name));
    await first.segment(args(text), context());
    const again = await first.layout(args(text, 40), context());
    const fresh = await textHandlers((name) => readGenerated(name)).layout(args(text, 40), context());
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
    expect((await segment(args('one'), context())).tokens.ids).toHaveLength(1);
  });

  it('stops at an abort, and neither that nor a failure holds up later work', async () => {
    const { segment } = textHandlers((name) => readGenerated(name));
    const bytes: TokenizerSpec = { kind: 'utf8-bytes' };
    const controller = new AbortController();
    const long = segment(args('word '.repeat(400_000)), context(controller.signal));
    const other = segment(args('next', 80, bytes), context());
    controller.abort();
    await expect(long).rejects.toMatchObject({ code: 'aborted' });
    expect((await other).tokens.ids).toHaveLength(4);
  });
});
