import { afterAll, describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { nodeSegmenter } from './testing/node-segmenter';
import type { TokenizerRef } from './text.api';

const segmenter = nodeSegmenter();
afterAll(() => segmenter.dispose());

const pattern = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;
const SPECS = {
  gpt2: { kind: 'bpe-ranks', vocabulary: 'gpt2', pattern, special: { '<|endoftext|>': 50256 } },
  words: { kind: 'words' },
  'utf8-bytes': { kind: 'utf8-bytes' },
} as const;

function ref(id: keyof typeof SPECS): TokenizerRef {
  return { id, label: id, spec: SPECS[id] };
}

const options = { width: 80, ids: false };
const text = { key: 1, bytes: encodeUtf8('The merges of a text, and the text of merges.') };

describe('cut texts', () => {
  it('come as a column draws them, with the state of the cut', async () => {
    const all = await segmenter.segment({ tokenizer: ref('gpt2'), options }, text, {});
    const whole = await segmenter.cutText({ tokenizer: ref('gpt2'), size: 1e9, options }, text, {});
    expect(whole!.segmentation.tokens).toEqual(all.tokens);
    expect(whole!.segmentation.rows).toEqual(all.rows);
    expect(whole!.cut).toMatchObject({
      by: 'merges',
      smallest: 257,
      largest: 50_257,
      size: 50_257,
      merges: 50_000,
    });
    expect(whole!.cut.position).toMatchObject({ next: null });
    const bytes = await segmenter.cutText({ tokenizer: ref('gpt2'), size: 0, options }, text, {});
    expect(bytes!.segmentation.tokens.ids).toHaveLength(text.bytes.length);
    expect(bytes!.cut).toMatchObject({
      size: 257,
      merges: 0,
      position: { reached: 0, previous: null, last: [] },
    });
  });

  it('have curves that fall from bytes to all tokens, and counts at any size', async () => {
    const curve = await segmenter.cutCurve({ tokenizer: ref('gpt2') }, text, {});
    const { sizes, counts } = curve!;
    expect([sizes[0], sizes.at(-1), counts[0]]).toEqual([257, 50_257, text.bytes.length]);
    expect(sizes.length).toBeGreaterThan(36);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    const one = await segmenter.cutCurve({ tokenizer: ref('gpt2'), sizes: [sizes[20]!] }, text, {});
    expect(one!.counts).toEqual([counts[20]]);
  });

  it('are null where there is no vocabulary to cut, or no likelihood', async () => {
    expect(await segmenter.cutText({ tokenizer: ref('words'), size: 9, options }, text, {})).toBeNull();
    expect(await segmenter.cutCurve({ tokenizer: ref('utf8-bytes') }, text, {})).toBeNull();
    const args = { tokenizer: ref('gpt2'), size: 999, at: 0, count: 3 };
    expect(await segmenter.cutBest(args, text, {})).toBeNull();
  });

  it('can be aborted, and are refused where they are very long', async () => {
    const long = { key: 2, bytes: encodeUtf8('All those words. '.repeat(20_000)) };
    const controller = new AbortController();
    const cut = segmenter.cutText({ tokenizer: ref('gpt2'), size: 999, options }, long, {
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 5);
    await expect(cut).rejects.toMatchObject({ code: 'aborted' });
    const huge = { key: 3, bytes: new Uint8Array(4_000_001).fill(0x61) };
    await expect(segmenter.cutCurve({ tokenizer: ref('gpt2') }, huge, {})).rejects.toMatchObject({
      code: 'text-too-large',
    });
  });
});
