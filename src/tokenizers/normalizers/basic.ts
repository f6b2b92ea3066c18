import { AlignedText, pointsOf } from '../aligned-text';
import { isMark, isNonspacingMark, isOther, isWhitespace } from '../char-classes';
import { normalizeUnicode } from './unicode-forms';

/** Lower-cases each point; a letter may become two. */
export function lowercase(source: AlignedText): AlignedText {
  const points: number[] = [];
  const changes: number[] = [];
  for (const point of source.points) {
    if (point < 0x80) {
      points.push(point >= 0x41 && point <= 0x5a ? point + 32 : point);
      changes.push(0);
      continue;
    }
    pointsOf(String.fromCodePoint(point).toLowerCase()).forEach((lower, i) => {
      points.push(lower);
      changes.push(i > 0 ? 1 : 0);
    });
  }
  return source.transform(points, changes);
}

/** Removes marks. Meant for decomposed text. */
export function stripAccents(source: AlignedText): AlignedText {
  return source.filter((point) => !isMark(point));
}

/** Removes whitespace at either end. */
export function strip(source: AlignedText, left: boolean, right: boolean): AlignedText {
  let from = 0;
  let to = source.length;
  while (left && from < to && isWhitespace(source.points[from]!)) from++;
  while (right && to > from && isWhitespace(source.points[to - 1]!)) to--;
  const kept = source.slice(from, to);
  return new AlignedText(kept.points, kept.starts, kept.ends, source.base, undefined, kept.mixed);
}

/** SentencePiece's `nmt`: drops control characters, turns odd spaces into plain ones. */
export function nmt(source: AlignedText): AlignedText {
  return source
    .filter(
      (point) =>
        !(
          (point >= 0x01 && point <= 0x08) ||
          point === 0x0b ||
          (point >= 0x0e && point <= 0x1f) ||
          point === 0x7f ||
          point === 0x8f ||
          point === 0x9f
        ),
    )
    .map((point) => (NMT_SPACES.has(point) || (point >= 0x200b && point <= 0x200f) ? 0x20 : point));
}

const NMT_SPACES = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1680, 0x2028, 0x2029, 0x2581, 0xfeff, 0xfffd]);

/** Options of BERT's normalizer. */
export interface BertOptions {
  readonly cleanText: boolean;
  readonly handleChineseChars: boolean;
  readonly stripAccents: boolean;
  readonly lowercase: boolean;
}

/** BERT's cleaning: control characters out, spaces around ideographs, accents removed, lower case. */
export function bertNormalize(source: AlignedText, options: BertOptions): AlignedText {
  let text = source;
  if (options.cleanText) {
    text = text
      .filter((point) => point !== 0 && point !== 0xfffd && !isControl(point))
      .map((point) => (isWhitespace(point) ? 0x20 : point));
  }
  if (options.handleChineseChars) text = spaceIdeographs(text);
  if (options.stripAccents) text = normalizeUnicode(text, 'NFD').filter((point) => !isNonspacingMark(point));
  return options.lowercase ? lowercase(text) : text;
}

function isControl(point: number): boolean {
  return point !== 9 && point !== 10 && point !== 13 && isOther(point);
}

function spaceIdeographs(source: AlignedText): AlignedText {
  if (!source.points.some(isIdeograph)) return source;
  const points: number[] = [];
  const changes: number[] = [];
  for (const point of source.points) {
    if (isIdeograph(point)) {
      points.push(0x20, point, 0x20);
      changes.push(0, 1, 1);
    } else {
      points.push(point);
      changes.push(0);
    }
  }
  return source.transform(points, changes);
}

function isIdeograph(point: number): boolean {
  if (point < 0x3400) return false;
  return (
    (point >= 0x4e00 && point <= 0x9fff) ||
    point <= 0x4dbf ||
    (point >= 0x20000 && point <= 0x2a6df) ||
    (point >= 0x2a700 && point <= 0x2b73f) ||
    (point >= 0x2b740 && point <= 0x2b81f) ||
    // The gap before U+2B920 is in the original (a slip for U+2B820) and part of the behaviour.
    (point >= 0x2b920 && point <= 0x2ceaf) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0x2f800 && point <= 0x2fa1f)
  );
}
