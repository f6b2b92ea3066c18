import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../core/text/utf8';
import { nastyText } from '../testing/nasty-text';
import { scannedPatterns } from './known-scanners';
import { onigurumaPattern, rustPattern } from './oniguruma';
import { RegexScanner } from './regex-scanner';
import type { PieceScanner } from './scanner';
import { scannerFor } from './scanner-for';
import { classAt, LOWER, MARK, NUMBER, OTHER, SPACE, UPPER } from './unicode-classes';

function cuts(scanner: PieceScanner, text: string, from: number, to: number): number[] {
  const bytes = encodeUtf8(text);
  const start = encodeUtf8(text.slice(0, from)).length;
  const end = start + encodeUtf8(text.slice(from, to)).length;
  scanner.begin(text, from, to, bytes, start, end);
  const ends: number[] = [];
  for (let at = start; at < end; ends.push(at)) {
    const next = scanner.next();
    if (next <= at) throw new Error(`The scanner stands still at byte ${at}.`);
    at = next;
  }
  return ends;
}

/** Whether this JavaScript engine's Unicode version knows a character of the text otherwise than 16.0 does. */
function isFromAnotherUnicode(text: string): boolean {
  for (const character of text) {
    const kind = classAt(encodeUtf8(character), 0);
    if (/[\p{Lu}\p{Lt}]/u.test(character) !== (kind === UPPER)) return true;
    if (/\p{Ll}/u.test(character) !== (kind === LOWER)) return true;
    if (/\p{M}/u.test(character) !== (kind === MARK)) return true;
    if (/\p{N}/u.test(character) !== (kind === NUMBER)) return true;
    if (/\p{White_Space}/u.test(character) !== (kind === SPACE)) return true;
    if (/[^\p{L}\p{M}\p{N}\p{White_Space}]/u.test(character) !== (kind === OTHER)) return true;
  }
  return false;
}

const dialects = { 'as Rust reads it': rustPattern, 'as Oniguruma reads it': onigurumaPattern };

describe.each(
  scannedPatterns.flatMap((pattern) =>
    Object.entries(dialects).map((dialect) => [pattern, ...dialect] as const),
  ),
)('%s, %s', (pattern, _, compile) => {
  const byHand = scannerFor(pattern)();
  const byExpression = new RegexScanner(compile(pattern));

  it('is cut by hand as by the expression', () => {
    expect(byHand).not.toBeInstanceOf(RegexScanner);
    let compared = 0;
    for (let seed = 0; seed < 700; seed++) {
      const text = nastyText(seed).toWellFormed();
      if (isFromAnotherUnicode(text)) continue;
      compared++;
      expect(cuts(byHand, text, 0, text.length), JSON.stringify(text)).toEqual(
        cuts(byExpression, text, 0, text.length),
      );
    }
    expect(compared).toBeGreaterThan(600);
  });

  it('sees nothing beyond a stretch', () => {
    const text = 'ab  cd \n\n x';
    for (let from = 0; from < text.length; from++) {
      for (let to = from + 1; to <= text.length; to++) {
        expect(cuts(byHand, text, from, to)).toEqual(cuts(byExpression, text, from, to));
      }
    }
  });
});
