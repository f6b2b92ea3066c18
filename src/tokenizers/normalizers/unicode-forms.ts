import { type AlignedText, pointsOf } from '../aligned-text';

/** A Unicode normalization form. */
export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/**
 * Unicode normalization (UAX 15) with alignment. JavaScript normalizes strings without telling what became of
 * which character, so decomposition, reordering and composition are replayed point by point; JavaScript still
 * answers every question about single characters and pairs.
 */
export function normalizeUnicode(source: AlignedText, form: UnicodeForm): AlignedText {
  const { text } = source;
  if (isAscii(text) || text.normalize(form) === text) return source;
  const compatible = form === 'NFKC' || form === 'NFKD';
  const decomposed = decompose(source.points, compatible ? 'NFKD' : 'NFD');
  const { points, changes } = form === 'NFC' || form === 'NFKC' ? compose(decomposed) : decomposed;
  return source.transform(points, changes);
}

interface Changed {
  readonly points: number[];
  readonly changes: number[];
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

function decompose(source: Uint32Array, form: 'NFD' | 'NFKD'): Changed {
  const points: number[] = [];
  const changes: number[] = [];
  let pending = 0;
  for (const point of source) {
    const parts = partsOf(point, form);
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      if (isStarter(part)) {
        sortByClass(points, changes, pending);
        pending = points.length + 1;
      }
      points.push(part);
      changes.push(i === 0 ? 0 : 1);
    }
  }
  sortByClass(points, changes, pending);
  return { points, changes };
}

/** Sorts the marks from `from` to the end by combining class; stable. */
function sortByClass(points: number[], changes: number[], from: number): void {
  for (let i = from + 1; i < points.length; i++) {
    for (let j = i; j > from && isHigherClass(points[j - 1]!, points[j]!); j--) {
      [points[j - 1], points[j]] = [points[j]!, points[j - 1]!];
      [changes[j - 1], changes[j]] = [changes[j]!, changes[j - 1]!];
    }
  }
}

function compose({ points, changes }: Changed): Changed {
  const out: Changed = { points: [], changes: [] };
  // Index in `out` of the starter that later marks may join; -1 before the first.
  let starter = -1;
  for (let i = 0; i < points.length; i++) {
    const point = points[i]!;
    const change = changes[i]!;
    const last = out.points.length - 1;
    // Between the starter and this point there may be only marks of a lower class.
    const blocked = starter < last && (isStarter(point) || !isHigherClass(point, out.points[last]!));
    if (starter >= 0 && !blocked) {
      const composed = pairOf(out.points[starter]!, point);
      if (composed >= 0) {
        out.points[starter] = composed;
        out.changes[starter]! += change - 1;
        continue;
      }
    }
    if (isStarter(point)) starter = out.points.length;
    out.points.push(point);
    out.changes.push(change);
  }
  return out;
}

const parts = { NFD: new Map<number, number[]>(), NFKD: new Map<number, number[]>() };

function partsOf(point: number, form: 'NFD' | 'NFKD'): number[] {
  let known = parts[form].get(point);
  if (!known) {
    known = pointsOf(String.fromCodePoint(point).normalize(form));
    parts[form].set(point, known);
  }
  return known;
}

const starters = new Map<number, boolean>();

/** Whether the combining class is 0: neither a mark of class 1 nor one of class 240 changes places with it. */
export function isStarter(point: number): boolean {
  if (point < 0x300) return true;
  let answer = starters.get(point);
  if (answer === undefined) {
    answer = !isHigherClass(point, 0x334) && !isHigherClass(0x345, point);
    starters.set(point, answer);
  }
  return answer;
}

/** Whether canonical ordering would put `second` before `first`. */
function isHigherClass(first: number, second: number): boolean {
  if (first === second) return false;
  return String.fromCodePoint(first, second).normalize('NFD') === String.fromCodePoint(second, first);
}

/** The primary composite of two points; -1 where there is none. */
function pairOf(first: number, second: number): number {
  const composed = pointsOf(String.fromCodePoint(first, second).normalize('NFC'));
  return composed.length === 1 ? composed[0]! : -1;
}
