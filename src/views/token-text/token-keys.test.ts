import { describe, expect, it } from 'vitest';
import { NO_CHANGES } from '../../core/text/token-changes';
import { NO_GLYPHS } from '../../core/text/token-glyphs';
import type { Segmentation } from '../../engine/text/text.api';
import { countOverlapping } from './overlap';
import { tokenAfterKey } from './token-keys';
import { tokenName } from './token-name';

/** Rows of one-byte tokens: "abc", "de", "fghi"; token 9 is ten bytes wide and spans the two rows after. */
const segmentation: Segmentation = {
  tokens: {
    ids: Uint32Array.from({ length: 11 }, (_, i) => 100 + i),
    starts: Uint32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 19]),
    ends: Uint32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 19, 20]),
  },
  hues: new Uint8Array(11),
  glyphs: NO_GLYPHS,
  changes: NO_CHANGES,
  loss: null,
  rows: {
    count: 5,
    tokens: Uint32Array.from([0, 3, 5, 9, 9]),
    offsets: Int32Array.from([0, 0, 0, 0, 6]),
    end: 20,
  },
  options: { width: 20, ids: false },
  vocabularySize: 256,
  bytes: 20,
  notes: [],
  codePoints: 20,
  words: 0,
};
const press = (token: number, key: string, ctrl = false) => tokenAfterKey(segmentation, token, key, ctrl, 2);

describe('tokenAfterKey', () => {
  it('goes by tokens to the sides and stops at the ends', () => {
    expect(press(0, 'ArrowLeft')).toBe(0);
    expect(press(2, 'ArrowRight')).toBe(3);
    expect(press(10, 'ArrowRight')).toBe(10);
    expect(press(4, 'x')).toBeUndefined();
  });

  it('goes by rows up and down, keeping the place in the row', () => {
    expect(press(1, 'ArrowDown')).toBe(4);
    expect(press(2, 'ArrowDown')).toBe(4);
    expect(press(4, 'ArrowUp')).toBe(1);
    expect(press(1, 'ArrowUp')).toBe(0);
    expect(press(7, 'ArrowUp')).toBe(4);
    expect(press(1, 'PageDown')).toBe(6);
    expect(press(6, 'PageUp')).toBe(1);
  });

  it('is not held by a token that spans several rows', () => {
    expect(press(5, 'ArrowDown')).toBe(9);
    expect(press(9, 'ArrowDown')).toBe(10);
    expect(press(10, 'ArrowDown')).toBe(10);
    expect(press(10, 'ArrowUp')).toBe(9);
    expect(press(9, 'ArrowUp')).toBe(5);
  });

  it('goes to the ends of the row, and of the text', () => {
    expect(press(7, 'Home')).toBe(5);
    expect(press(5, 'End')).toBe(8);
    expect(press(7, 'Home', true)).toBe(0);
    expect(press(0, 'End', true)).toBe(10);
  });
});

describe('tokenAfterKey, from right to left', () => {
  const RTL = 0x80;
  /** "אב12 ג", "abאב", one byte a token as far as the keys care. */
  const mixed: Segmentation = {
    ...segmentation,
    tokens: {
      ids: Uint32Array.from({ length: 9 }, (_, i) => i),
      starts: Uint32Array.from({ length: 9 }, (_, i) => i),
      ends: Uint32Array.from({ length: 9 }, (_, i) => i + 1),
    },
    levels: Uint8Array.from([RTL | 1, RTL | 1, RTL | 2, RTL | 2, RTL | 1, 0, 0, 1, 1]),
    rows: { count: 2, tokens: Uint32Array.from([0, 5]), offsets: Int32Array.from([0, 0]), end: 9 },
  };
  const walk = (from: number, key: string, steps: number) => {
    const path = [from];
    for (let i = 0; i < steps; i++) path.push(tokenAfterKey(mixed, path.at(-1)!, key, false, 2)!);
    return path;
  };

  it('walks in the order of the screen, and on into the next row where reading goes on', () => {
    // On screen: 4 2 3 1 0, then 5 6 8 7.
    expect(walk(0, 'ArrowLeft', 5)).toEqual([0, 1, 3, 2, 4, 5]);
    expect(walk(4, 'ArrowRight', 4)).toEqual([4, 2, 3, 1, 0]);
    expect(walk(5, 'ArrowRight', 4)).toEqual([5, 6, 8, 7, 7]);
    expect(walk(5, 'ArrowLeft', 1)).toEqual([5, 4]);
    expect(walk(0, 'ArrowRight', 1)).toEqual([0, 0]);
  });
});

describe('countOverlapping', () => {
  it('counts the tokens that share a byte with a span', () => {
    const { tokens } = segmentation;
    expect(countOverlapping(tokens, 0, 1)).toBe(1);
    expect(countOverlapping(tokens, 1, 4)).toBe(3);
    expect(countOverlapping(tokens, 8, 10)).toBe(2);
    expect(countOverlapping(tokens, 12, 13)).toBe(1);
    expect(countOverlapping(tokens, 0, 20)).toBe(11);
  });
});

describe('tokenName', () => {
  it('reads text, names what cannot be read, and ends with the id', () => {
    const space = { kind: 'space', text: ' ', symbol: '·' } as const;
    expect(tokenName([space, { kind: 'text', text: 'fox' }], 7)).toBe('“ fox” id 7');
    expect(tokenName([{ ...space, text: '   ' }], 7)).toBe('3 spaces id 7');
    expect(tokenName([{ kind: 'newline', text: '\r\n', symbol: '␍↵' }], 1)).toBe('line break id 1');
    expect(tokenName([{ kind: 'bytes', hex: ['E2', '82'] }], 1)).toBe('bytes E2 82 id 1');
    expect(tokenName([{ kind: 'control', text: '\0', symbol: '‹NUL›' }], 0)).toBe('control ‹NUL› id 0');
  });
});
