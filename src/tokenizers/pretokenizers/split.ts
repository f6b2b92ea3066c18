import type { AlignedText } from '../aligned-text';

/** What to do with the delimiters that a pattern finds. */
export type SplitBehavior = 'Removed' | 'Isolated' | 'MergedWithPrevious' | 'MergedWithNext' | 'Contiguous';

/** A range of points, and whether it is a delimiter. Ranges tile the text. */
export type Match = readonly [from: number, to: number, isMatch: boolean];

/** Splits a text at the ranges that a pattern found. Empty pieces are dropped. */
export function splitAt(
  text: AlignedText,
  matches: readonly Match[],
  behavior: SplitBehavior,
): AlignedText[] {
  const pieces: AlignedText[] = [];
  for (const [from, to] of merged(matches, behavior)) if (to > from) pieces.push(text.slice(from, to));
  return pieces;
}

function merged(matches: readonly Match[], behavior: SplitBehavior): [number, number][] {
  switch (behavior) {
    case 'Isolated':
      return matches.map(([from, to]) => [from, to]);
    case 'Removed':
      return matches.filter(([, , isMatch]) => !isMatch).map(([from, to]) => [from, to]);
    case 'Contiguous':
      return join(matches, (isMatch, before) => isMatch === before);
    case 'MergedWithPrevious':
      return join(matches, (isMatch, before) => isMatch && !before);
    case 'MergedWithNext':
      return join([...matches].reverse(), (isMatch, before) => isMatch && !before).reverse();
  }
}

/** Joins each range with the one before it (in the given order) where `joins` says so. */
function join(
  matches: readonly Match[],
  joins: (isMatch: boolean, before: boolean) => boolean,
): [number, number][] {
  const out: [number, number][] = [];
  let before = false;
  for (const [from, to, isMatch] of matches) {
    const last = out.at(-1);
    if (last && joins(isMatch, before)) {
      last[0] = Math.min(last[0], from);
      last[1] = Math.max(last[1], to);
    } else out.push([from, to]);
    before = isMatch;
  }
  return out;
}

/** Ranges of the points for which `test` holds, one by one, and of the stretches between them. */
export function matchPoints(text: AlignedText, test: (point: number) => boolean): Match[] {
  const matches: Match[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (!test(text.points[i]!)) continue;
    if (from < i) matches.push([from, i, false]);
    matches.push([i, i + 1, true]);
    from = i + 1;
  }
  if (from < text.length) matches.push([from, text.length, false]);
  return matches;
}

/** JavaScript finds empty matches between the halves of a surrogate pair, too. */
function isWithinPoint(text: string, unit: number): boolean {
  return (text.charCodeAt(unit) & 0xfc00) === 0xdc00;
}

/**
 * Visits start and end of each match that the official library finds, in UTF-16 units: in a text of nothing, none.
 * @param pattern global and Unicode-aware
 */
function eachMatch(text: string, pattern: RegExp, visit: (start: number, end: number) => void): void {
  let from = 0;
  let lastEnd = -1;
  while (text !== '' && from <= text.length) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (!match) return;
    const start = match.index;
    const end = start + match[0].length;
    // As in Oniguruma's library for Rust: no empty match directly after another match.
    if (start === end && (start === lastEnd || isWithinPoint(text, start))) {
      from += (text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1;
      continue;
    }
    from = end;
    lastEnd = end;
    visit(start, end);
  }
}

/**
 * Ranges of the matches of an expression and of the stretches between them.
 * @param pattern global and Unicode-aware
 */
export function matchPattern(text: AlignedText, pattern: RegExp, invert = false): Match[] {
  const string = text.text;
  const matches: Match[] = [];
  // The expression counts UTF-16 units; the text counts points.
  const astral = string.length !== text.length;
  let unit = 0;
  let point = 0;
  const pointAt = (target: number) => {
    if (!astral) return target;
    for (; unit < target; point++) unit += text.points[point]! > 0xffff ? 2 : 1;
    return point;
  };
  let from = 0;
  eachMatch(string, pattern, (unitStart, unitEnd) => {
    const start = pointAt(unitStart);
    const end = pointAt(unitEnd);
    if (from < start) matches.push([from, start, invert]);
    matches.push([start, end, !invert]);
    from = end;
  });
  if (from < text.length) matches.push([from, text.length, invert]);
  return matches;
}
