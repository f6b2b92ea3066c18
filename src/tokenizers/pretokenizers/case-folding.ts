/** Characters that match each other without case, and characters that match several others. */
export interface CaseFolding {
  /** Of each character with such company: itself and the others. */
  readonly variants: ReadonlyMap<number, readonly number[]>;
  /** What characters become that fold to several, such as `ß` to `ss`. */
  readonly long: ReadonlyMap<number, string>;
  /** The characters that fold to several, by what they become. */
  readonly byLong: ReadonlyMap<string, readonly number[]>;
}

/** Where letters with case are, ends excluded: beyond the second plane there are none. */
const CASED = [
  [0x41, 0x2e00],
  [0xa600, 0xac00],
  [0xfb00, 0x10000],
  [0x10000, 0x12000],
  [0x16e00, 0x17000],
  [0x1cf00, 0x20000],
] as const;

let folding: CaseFolding | undefined;

/** Unicode's full case folding, which Oniguruma applies, from what this engine knows of upper and lower case. */
export function caseFolding(): CaseFolding {
  folding ??= collect();
  return folding;
}

function collect(): CaseFolding {
  const groups = new Map<string, number[]>();
  for (const [character] of charactersIn(CASED).matchAll(CHANGES)) {
    const key = folded(character);
    const group = groups.get(key);
    if (group) group.push(character.codePointAt(0)!);
    else groups.set(key, [character.codePointAt(0)!]);
  }
  const variants = new Map<number, readonly number[]>();
  const long = new Map<number, string>();
  const byLong = new Map<string, readonly number[]>();
  for (const [key, group] of groups) {
    if (group.length > 1) for (const point of group) variants.set(point, group);
    if (key.length === (key.codePointAt(0)! > 0xffff ? 2 : 1)) continue;
    for (const point of group) long.set(point, key);
    byLong.set(key, group);
  }
  return { variants, long, byLong };
}

const CHANGES = /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/gu;

/** All characters of some ranges. One by one, putting them together takes longer than all the rest. */
function charactersIn(ranges: readonly (readonly [from: number, to: number])[]): string {
  const units: number[] = [];
  for (const [from, to] of ranges) {
    for (let point = from; point < to; point++) {
      if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
      else units.push(point);
    }
  }
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(Uint16Array.from(units));
}

/** What a character folds to: equal for characters that match each other without case. */
export function folded(character: string): string {
  // The dotless i has an upper case, which is that of another letter.
  if (character === '\u0131') return character;
  return character.toLowerCase().toUpperCase().toLowerCase().replaceAll('\u03c2', '\u03c3');
}
