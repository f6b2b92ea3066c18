import type { Tag } from './xml-tag';

/** What an SVG's elements cost, gathered by the nearest element around them that has an id. */
export interface Weighed {
  /** Its own elements, without those of `children`. */
  units: number;
  /** How often it references what can be repeated: `#id`, or a style sheet's `.class` or `tag`. */
  readonly seen: Map<string, number>;
  /** Elements with ids of their own within it. */
  readonly children: number[];
  /** Gradients are referenced by many elements and built once. */
  readonly gradient: boolean;
}

/** Elements with ids nested deeper than this, or longer chains of references, count as infinite. */
const DEEPEST = 1_000;

export const isReference = (name: string) => name === 'href' || name === 'xlink:href';

const PAINTING = /^(?:style|fill|stroke|mask|clip-path|filter|marker(?:-start|-mid|-end)?)$/;
const URL_OF_ID = /url\(\s*["']?#([^"')]+)/g;

/** Everything that an element references, and how often it repeats it. */
export function* referencesOf({ name: tag, attributes }: Tag): Generator<[key: string, times: number]> {
  let points = 0;
  for (const { name, value } of attributes) {
    if (name === 'd' || name === 'points') points = value.length;
  }
  yield [tag, 1];
  for (const { name, value } of attributes) {
    if (isReference(name)) {
      if (value.startsWith('#')) yield [value, 1];
    } else if (name === 'class') {
      for (const word of value.split(/\s+/)) if (word) yield [`.${word}`, 1];
    } else if (PAINTING.test(name) && value.includes('url(')) {
      // There is a marker at every point: about eight characters each.
      const times = name === 'marker' || name === 'marker-mid' || /marker(?:-mid)?\s*:/.test(value);
      for (const [, id] of value.matchAll(URL_OF_ID)) yield [`#${id}`, times ? Math.max(2, points / 8) : 1];
    }
  }
}

/**
 * How many elements are drawn when everything that repeats others is followed; Infinity where that is beyond counting.
 * @param weighed the first is the document itself
 * @param ids the places of elements in `weighed`, by id
 * @param sheets style sheets, whose simple selectors are followed
 */
export function weigh(
  weighed: readonly Weighed[],
  ids: ReadonlyMap<string, number>,
  sheets: readonly string[],
): number {
  const rules = rulesOf(sheets);
  const totals = new Map<number, number>();
  const visit = (at: number, depth: number): number => {
    const known = totals.get(at);
    if (known !== undefined) return known;
    if (depth > DEEPEST) return Number.POSITIVE_INFINITY;
    totals.set(at, 0); // what references itself is not drawn
    const { units, seen, children } = weighed[at]!;
    const named = (key: string): number => {
      const target = ids.get(key.slice(1));
      return target === undefined || weighed[target]!.gradient ? 0 : visit(target, depth + 1);
    };
    let total = units;
    for (const child of children) total += visit(child, depth + 1);
    for (const [key, times] of seen) {
      if (key.startsWith('#')) total += times * named(key);
      for (const id of rules.get(key) ?? []) total += times * named(id);
    }
    totals.set(at, total);
    return total;
  };
  return visit(0, 0);
}

/** The ids that rules paint with, by the last simple selector: `.class`, `tag`. */
function rulesOf(sheets: readonly string[]): Map<string, string[]> {
  const rules = new Map<string, string[]>();
  for (const rule of sheets.flatMap((sheet) => sheet.split('}'))) {
    const at = rule.indexOf('{');
    if (at < 0 || !rule.includes('url(', at)) continue;
    const targets = [...rule.slice(at).matchAll(URL_OF_ID)].map(([, id]) => `#${id}`);
    if (targets.length === 0) continue;
    for (const selector of rule.slice(0, at).split(',')) {
      const last =
        selector
          .trim()
          .split(/[\s>+~]+/)
          .at(-1) ?? '';
      const key = /\.[\w-]+/.exec(last)?.[0] ?? /^[\w-]+/.exec(last)?.[0];
      if (key) rules.set(key, [...(rules.get(key) ?? []), ...targets]);
    }
  }
  return rules;
}
