import { describe, expect, it } from 'vitest';
import { findTextTokenizer } from '../../../../catalog/tokenizers';
import { encodeUtf8 } from '../../../../core/text/utf8';
import { nodeSegmenter } from '../../../../engine/text/testing/node-segmenter';
import { drawColumn } from './column-drawing';
import { columnsSvg, type DrawingColours } from './columns-svg';

const COLOURS: DrawingColours = {
  canvas: '#ffffff',
  ink: '#111111',
  ink3: '#333333',
  line: '#444444',
  lineStrong: '#555555',
  error: '#ff0000',
  errorWash: '#ffeeee',
  tokenInk: '#000000',
  fills: Array.from({ length: 8 }, (_, i) => `#00000${i}`),
};

let keys = 0;
async function drawn(id: string, text: string, change: object = {}) {
  const { label, spec } = findTextTokenizer(id)!;
  const bytes = encodeUtf8(text);
  const options = { width: 80, ids: false };
  const segmentation = await nodeSegmenter().segment(
    { tokenizer: { id, label, spec }, options },
    { key: ++keys, bytes },
    {},
  );
  const column = drawColumn(segmentation, bytes, { ...options, whitespace: false, limit: 1000, ...change });
  return { segmentation, column };
}

describe('a column as a drawing', () => {
  it('has every token once, side by side, and its text', async () => {
    const text = 'The quick brown fox jumps over the lazy dog, again and again and again.\nA second line.';
    const { column, segmentation } = await drawn('gpt2', text);
    const boxes = column.rows.flat();
    expect(boxes.flatMap(({ id }) => id ?? [])).toEqual(Array.from(segmentation.tokens.ids));
    for (const row of column.rows) {
      const edges = row.map((_, i) => (i === 0 ? 0 : row[i - 1]!.at + row[i - 1]!.width));
      expect(row.map(({ at }) => at)).toEqual(edges);
      expect(row.at(-1)!.at + row.at(-1)!.width).toBeLessThanOrEqual(80);
    }
    const letters = boxes.flatMap(({ texts }) => texts.map((one) => one.text)).join('');
    expect(letters.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });

  it('draws parts of characters in hex, spellings in outlines, and what is lost struck through', async () => {
    const hex = (await drawn('gpt2', '🦄')).column.rows
      .flat()
      .flatMap(({ texts }) => texts.map((one) => one.text));
    expect(hex).toEqual(['F0', '9F', 'A6', '84']);
    const llama = (await drawn('llama-2', '12')).column.rows[0]!;
    expect(llama.map(({ kind, texts }) => [kind, texts[0]?.text])).toEqual([
      ['spelled', '▁'],
      ['token', '1'],
      ['token', '2'],
    ]);
    const bert = (await drawn('bert-uncased', 'a 🦄')).column;
    const svg = columnsSvg([{ label: '<BERT>', figures: '', drawn: bert, note: '' }], 80, false, COLOURS);
    expect(svg).toContain('text-decoration="line-through"');
    expect(svg).toContain('&lt;BERT&gt;');
  });

  it('puts tokens of right-to-left scripts in the order of the screen', async () => {
    const row = (await drawn('characters', 'אבג')).column.rows[0]!;
    expect(row.map(({ texts }) => texts[0]!.text)).toEqual(['ג', 'ב', 'א']);
  });

  it('stops at its limit', async () => {
    const { column } = await drawn('utf8-bytes', 'abc '.repeat(100), { limit: 10 });
    expect(column.tokens).toBe(10);
    expect(column.rows.flat()).toHaveLength(10);
  });
});
