import { describe, expect, it } from 'vitest';
import { joinsAcross } from './joining';

describe('joinsAcross', () => {
  it('joins letters that join both ways', () => {
    expect(joinsAcross('مر', 'حبا')).toBe(false); // reh joins only the letter before it
    expect(joinsAcross('مرح', 'با')).toBe(true);
    expect(joinsAcross('ال', 'عالم')).toBe(true);
    expect(joinsAcross('العا', 'لم')).toBe(false); // so does alef
  });

  it('looks through marks, and not through spaces or non-joiners', () => {
    expect(joinsAcross('بِ', 'سم')).toBe(true);
    expect(joinsAcross('ب', '\u0650سم')).toBe(true);
    expect(joinsAcross('ب', ' سم')).toBe(false);
    expect(joinsAcross('می\u200c', 'خواهم')).toBe(false);
    expect(joinsAcross('ب\u0640', 'س')).toBe(true);
  });

  it('knows other scripts, and those that never join', () => {
    expect(joinsAcross('ܒ', 'ܪ')).toBe(true);
    expect(joinsAcross('שלו', 'ם')).toBe(false);
    expect(joinsAcross('ab', 'c')).toBe(false);
    expect(joinsAcross('', 'ب')).toBe(false);
  });
});
