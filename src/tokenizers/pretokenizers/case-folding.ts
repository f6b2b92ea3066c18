/** Characters that match each other without case, and characters that match several others. */
export interface CaseFolding {
  /** Of each character with such company: itself and the others. */
  readonly variants: ReadonlyMap<number, readonly number[]>;
  /** What characters become that fold to several, such as `ß` to `ss`. */
  readonly long: ReadonlyMap<number, string>;
  /** The characters that fold to several, by what they become. */
  readonly byLong: ReadonlyMap<string, readonly number[]>;
}

let folding: CaseFolding | undefined;

/** Unicode's full case folding, which Oniguruma applies, from what this engine knows of upper and lower case. */
export function caseFolding(): CaseFolding {
  folding ??= collect();
  return folding;
}

function collect(): CaseFolding {
  const cased = /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u;
  const groups = new Map<string, number[]>();
  // Beyond the second plane no letters have case.
  for (let point = 0; point < 0x20000; point++) {
    if (point === 0xac00) point = 0xd7a4;
    const character = String.fromCodePoint(point);
    if (!cased.test(character)) continue;
    const key = folded(character);
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
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

/** What a character folds to: equal for characters that match each other without case. */
export function folded(character: string): string {
  // The dotless i has an upper case, which is that of another letter.
  if (character === '\u0131') return character;
  return character.toLowerCase().toUpperCase().toLowerCase().replaceAll('\u03c2', '\u03c3');
}
