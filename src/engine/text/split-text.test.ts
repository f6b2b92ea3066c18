import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Tokenizer } from '../../core/text/tokens';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { openTokenizer } from '../../tokenizers/open-tokenizer';
import { readGenerated } from '../../tokenizers/testing/generated-vocabulary';
import { packPieces } from './pack-pieces';
import { splitText } from './split-text';
import { testSpecs } from './testing/specs';

const IDS = ['gpt2', 'llama-2', 'bert-uncased', 'utf8-bytes'] as const;

const loaded = new Map<string, Tokenizer>();
beforeAll(async () => {
  for (const id of IDS) {
    loaded.set(id, (await openTokenizer(testSpecs[id], { readVocabulary: readGenerated })).tokenizer);
  }
});

const FAMILY = '👩‍👩‍👧‍👦';

/** Letters, spaces, scripts, emoji sequences, marks: what tokens and clusters divide differently. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'the ',
        'New York',
        ' don’t',
        '  ',
        '\n',
        '\r\n',
        '1234567',
        'ßÄé',
        'e\u0301\u0327',
        FAMILY,
        '🇩🇪🇫🇷',
        'ภาษาไทย',
        '東京都',
        'नमस्ते',
        'השלום',
        '\u200b',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join('').toWellFormed());

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

describe.each(IDS)('split by %s', (id) => {
  it('gives pieces that fit, that cover the text, and that divide no cluster', async () => {
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.integer({ min: 30, max: 60 }),
        fc.integer({ min: 0, max: 29 }),
        async (text, size, overlap) => {
          const tokenizer = loaded.get(id)!;
          const bytes = encodeUtf8(text);
          const { starts, ends, tokens, overlaps } = await splitText(bytes, tokenizer, { size, overlap });
          const edges = new Set([bytes.length]);
          for (const { index } of segmenter.segment(text)) edges.add(encodeUtf8(text.slice(0, index)).length);
          let covered = 0;
          for (const [i, start] of starts.entries()) {
            const end = ends[i]!;
            const count = tokenizer.encode(decodeUtf8(bytes.subarray(start, end))).ids.length;
            expect(count).toBe(tokens[i]);
            expect(count).toBeLessThanOrEqual(size);
            expect(start).toBeLessThanOrEqual(covered);
            expect(end).toBeGreaterThan(covered);
            expect(edges.has(start) && edges.has(end)).toBe(true);
            const again = tokenizer.encode(decodeUtf8(bytes.subarray(start, covered))).ids.length;
            expect(again).toBe(overlaps[i]);
            expect(again).toBeLessThanOrEqual(overlap);
            if (overlap === 0) expect(start).toBe(covered);
            covered = end;
          }
          expect(covered).toBe(bytes.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('makes full pieces of plain text', async () => {
  const bytes = encodeUtf8('the quick brown fox '.repeat(100));
  const { tokens } = await splitText(bytes, loaded.get('gpt2')!, { size: 50, overlap: 0 });
  // 4 tokens a repetition and a space at the end: 401 in all.
  expect([...tokens.slice(0, -1)].every((count) => count >= 48)).toBe(true);
  expect(tokens.reduce((sum, count) => sum + count, 0)).toBeLessThan(401 + tokens.length);
});

it('says how many tokens a character takes that fits no piece', async () => {
  const bytes = encodeUtf8(`ab${FAMILY}`);
  await expect(splitText(bytes, loaded.get('utf8-bytes')!, { size: 10, overlap: 0 })).rejects.toMatchObject({
    code: 'piece-too-small',
    hint: expect.stringContaining('at least 25 tokens'),
  });
});

it('ends at once when it is aborted', async () => {
  const bytes = encodeUtf8('the quick brown fox '.repeat(5000));
  const controller = new AbortController();
  const work = splitText(bytes, loaded.get('gpt2')!, { size: 4, overlap: 0 }, { signal: controller.signal });
  controller.abort();
  await expect(work).rejects.toMatchObject({ code: 'aborted' });
});

it('packs the pieces as files and as lines', async () => {
  const bytes = encodeUtf8('Grüße aus 東京. '.repeat(8));
  const pieces = await splitText(bytes, loaded.get('gpt2')!, { size: 20, overlap: 4 });
  const files = Object.entries(unzipSync(packPieces(bytes, pieces, 'zip')));
  const lines = decodeUtf8(packPieces(bytes, pieces, 'jsonl'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(files.length).toBe(pieces.starts.length);
  expect(files[0]![0]).toBe('piece-001.txt');
  expect(lines.map(({ text }) => text)).toEqual(files.map(([, content]) => decodeUtf8(content)));
  expect(lines[1]).toMatchObject({
    piece: 2,
    start: pieces.starts[1],
    end: pieces.ends[1],
    tokens: pieces.tokens[1],
  });
});
