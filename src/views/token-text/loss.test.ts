import { describe, expect, it } from 'vitest';
import { NO_CHANGES } from '../../core/text/token-changes';
import { NO_GLYPHS, type TokenLoss } from '../../core/text/token-glyphs';
import type { Segmentation } from '../../engine/text/text.api';
import { lossText } from './loss';

const cut = (loss: TokenLoss | null): Segmentation => ({
  tokens: { ids: new Uint32Array(14), starts: new Uint32Array(14), ends: new Uint32Array(14) },
  hues: new Uint8Array(14),
  glyphs: NO_GLYPHS,
  changes: NO_CHANGES,
  loss,
  rows: { count: 0, tokens: new Uint32Array(0), offsets: new Int32Array(0), end: 0 },
  options: { width: 80, ids: false },
  vocabularySize: 1,
  notes: [],
  bytes: 100,
  codePoints: 100,
  words: 20,
});

describe('lossText', () => {
  it('says which tokens lost how much', () => {
    expect(lossText(cut(null))).toBe('');
    expect(lossText(cut({ unknown: '[UNK]', tokens: 3, bytes: 88 }))).toBe('[UNK] 3 of 14, 88 bytes lost');
    expect(lossText(cut({ unknown: '<unk>', tokens: 1, bytes: 1 }))).toBe('<unk> 1 of 14, 1 byte lost');
    expect(lossText(cut({ unknown: '', tokens: 0, bytes: 12_345 }))).toBe('12.3 kB lost');
  });
});
