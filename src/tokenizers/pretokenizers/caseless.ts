import { type CharacterClassNode, createCharacter } from 'oniguruma-parser/parser';
import { caseFolding, folded } from './case-folding';
import { compileTree } from './pattern-compile';
import { anyOf, classOf, type Element, oneOf, treeOf } from './pattern-nodes';

/**
 * A run of literal characters without case. Where they are what one character folds to, such as `ss`, that one (`ß`)
 * is matched as well. As in Oniguruma, the longest such stretch counts, from left to right, and none within it.
 * @param simple leaves that out
 */
export function caselessRun(points: readonly number[], simple: boolean): Element[] {
  if (simple) return points.map(variant);
  const { byLong, long } = caseFolding();
  const out: Element[] = [];
  for (let at = 0; at < points.length; ) {
    const own = long.get(points[at]!);
    if (own !== undefined) {
      out.push(oneOrSeveral(own, byLong.get(own)!));
      at++;
      continue;
    }
    let length = Math.min(3, points.length - at);
    for (; length > 1; length--) {
      const key = points
        .slice(at, at + length)
        .map((point) => folded(String.fromCodePoint(point)))
        .join('');
      const single = byLong.get(key);
      if (!single) continue;
      out.push(oneOrSeveral(key, single));
      break;
    }
    if (length <= 1) out.push(variant(points[at]!));
    at += Math.max(1, length);
  }
  return out;
}

/**
 * A class without case: with the characters that match its own without case. What a character of it folds to matches,
 * too, if the class is not negated: `[ß]` also `ss`.
 * @param repeated whether any number of characters of the class match in a row, which makes most of those superfluous
 * @param simple leaves that out
 */
export function caselessClass(node: CharacterClassNode, repeated: boolean, simple: boolean): Element {
  const { variants, long } = caseFolding();
  const isIn = compileTree(treeOf([{ ...node, negate: false }]));
  const has = (point: number) => {
    isIn.lastIndex = 0;
    return isIn.test(String.fromCodePoint(point));
  };
  const all = new Set<number>();
  const extra = new Set<number>();
  for (const [point, others] of variants) {
    if (!has(point)) continue;
    for (const other of others) all.add(other);
  }
  for (const point of all) if (!has(point)) extra.add(point);
  const whole =
    extra.size === 0
      ? node
      : classOf(
          [{ ...node, negate: false }, ...[...extra].map((point) => createCharacter(point))],
          node.negate,
        );
  if (node.negate || simple) return whole;
  const sequences = new Set<string>();
  for (const [point, sequence] of long) {
    if (!all.has(point) && !has(point)) continue;
    if (repeated && [...sequence].every((letter) => all.has(letter.codePointAt(0)!))) continue;
    sequences.add(sequence);
  }
  return sequences.size === 0 ? whole : anyOf([[whole], ...[...sequences].map(spelled)]);
}

function oneOrSeveral(sequence: string, single: readonly number[]): Element {
  return anyOf([[oneOf(single)], spelled(sequence)]);
}

function spelled(sequence: string): Element[] {
  return Array.from(sequence, (letter) => variant(letter.codePointAt(0)!));
}

function variant(point: number): Element {
  return oneOf(caseFolding().variants.get(point) ?? [point]);
}
