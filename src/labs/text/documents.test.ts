import { describe, expect, it } from 'vitest';
import { TokenoscopeError } from '../../core/errors';
import { indexText } from '../../engine/text/text-index';
import { beginning, countLoneSurrogates, Documents, FIELD_BYTES, fitsField } from './documents';

const own = { kind: 'own' } as const;
const documents = new Documents();

describe('Documents', () => {
  it('keeps small texts in the field, and typed ones for longer', () => {
    const text = 'x'.repeat(FIELD_BYTES + 1);
    expect(documents.fromText('x'.repeat(FIELD_BYTES), own).inField).toBe(true);
    expect(documents.fromText(text, own).inField).toBe(false);
    const before = documents.fromText('x', own);
    expect(documents.fromText(text, own, before)).toMatchObject({ inField: true, sheet: before.sheet });
    expect(documents.fromText(text.repeat(3), own, before).inField).toBe(false);
    expect(documents.fromText(text, own).sheet).not.toBe(before.sheet);
  });

  it('counts bytes, not characters', () => {
    expect(fitsField('漢'.repeat(FIELD_BYTES / 3))).toBe(true);
    expect(fitsField('漢'.repeat(FIELD_BYTES / 3 + 1))).toBe(false);
    expect(documents.fromText('漢'.repeat(FIELD_BYTES / 3 + 1), own).inField).toBe(false);
  });

  it('refuses what is too large by its bytes, with figures and advice', () => {
    for (const text of ['x'.repeat(8_000_001), '漢'.repeat(2_700_000)]) {
      let failure: unknown;
      try {
        documents.fromText(text, own);
      } catch (error) {
        failure = error;
      }
      expect(failure).toBeInstanceOf(TokenoscopeError);
      expect(failure).toMatchObject({ code: 'text-too-large' });
      expect((failure as TokenoscopeError).message).toMatch(/8\.\d\d MB; the page takes up to 8\.00 MB/);
    }
  });

  it('holds a large text as bytes only', () => {
    const text = 'x'.repeat(70_000);
    expect(documents.fromText(text, own)).toMatchObject({ text: null, inField: false });
    const { bytes } = documents.fromText(text, own);
    const read = documents.fromRead(
      { bytes, index: indexText(bytes), note: '' },
      { kind: 'file', name: 'a.txt' },
    );
    expect(read).toMatchObject({ text: null, inField: false, origin: { kind: 'file', name: 'a.txt' } });
  });

  it('keeps the text as it was given, and replaces lone surrogates only in its bytes', () => {
    const document = documents.fromText('a\ud800b', own);
    expect(document.text).toBe('a\ud800b');
    expect([...document.bytes]).toEqual([0x61, 0xef, 0xbf, 0xbd, 0x62]);
    expect(countLoneSurrogates('a\ud800b')).toBe(1);
    expect(countLoneSurrogates('a😀b')).toBe(0);
  });
});

describe('beginning', () => {
  it('ends a beginning at a line where there is one near, else at a character', () => {
    const lines = documents.fromText('0123456789\n'.repeat(10), own);
    expect(beginning(lines, 40)).toBe('0123456789\n'.repeat(3));
    expect(beginning(lines, 1000)).toBe('0123456789\n'.repeat(10));
    expect(beginning(documents.fromText('漢漢漢', own), 7)).toBe('漢漢');
    expect(beginning(documents.fromText('\ufeffabc', own), 100)).toBe('\ufeffabc');
  });
});
