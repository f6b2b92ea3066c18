import type { ExportTable } from '../../../../views/export/table';

/** A language of a comparison. */
export interface ParallelRow {
  /** In saved tables. */
  readonly key: string;
  /** BCP 47, where it is known. */
  readonly tag?: string;
  readonly name: string;
  /** A second name, or the beginning of the text. */
  readonly own: string;
  /** Its script; the same for all where it is unknown. */
  readonly group: string;
}

/** The same text in several languages; the first is what the others are compared with. */
export interface Parallel {
  /** What the first one is called in sentences. */
  readonly reference: string;
  readonly rows: readonly ParallelRow[];
  readonly texts: readonly string[];
}

const BEGINNING = 28;

/** The lines of a text, as many as fit. @param limit in UTF-16 units; of a longer line that comes first, its beginning */
export function linesThatFit(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const feed = text.lastIndexOf('\n', limit);
  return feed > 0 ? text.slice(0, feed) : text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
}

/** Lines as languages: an empty line is none. A name may stand before a tab; else a line is called by its number. */
export function parallelLines(pasted: string): Parallel {
  const lines = pasted.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  const named = lines.map((line) => {
    const tab = line.indexOf('\t');
    const name = line.slice(0, Math.max(0, tab)).trim();
    return name === '' || line.slice(tab + 1).trim() === ''
      ? { name: '', text: line.trim() }
      : { name, text: line.slice(tab + 1).trim() };
  });
  return {
    reference: named[0]?.name || 'the first line',
    rows: named.map(({ name, text }, i) => ({
      key: `line-${i + 1}`,
      name: name || `Line ${i + 1}`,
      own: [...text].length > BEGINNING ? `${[...text].slice(0, BEGINNING).join('')}…` : text,
      group: 'Lines',
    })),
    texts: named.map(({ text }) => text),
  };
}

/** What one language takes. */
export interface LanguageFigures {
  readonly row: ParallelRow;
  /** By tokenizer; undefined where it has not answered. */
  readonly tokens: readonly (number | undefined)[];
  /** Tokens for each token of the reference. */
  readonly premiums: readonly (number | undefined)[];
}

/** @param counts by tokenizer, of every language; undefined where it has not answered */
export function figuresOf(
  { rows }: Parallel,
  counts: readonly (ArrayLike<number> | undefined)[],
): readonly LanguageFigures[] {
  return rows.map((row, i) => ({
    row,
    tokens: counts.map((count) => count?.[i]),
    premiums: counts.map((count) => (count?.[0] ? count[i]! / count[0] : undefined)),
  }));
}

/** Languages under a heading; undefined where there is none. */
export interface Group {
  readonly name: string | undefined;
  readonly languages: readonly LanguageFigures[];
  /** Set where each language has a script of its own. */
  readonly namesScripts?: boolean;
}

/** @param at the tokenizer whose premiums decide */
export function sorted(
  figures: readonly LanguageFigures[],
  by: 'script' | 'premium' | 'name',
  at: number,
): readonly Group[] {
  const premiumOf = (one: LanguageFigures) => one.premiums[at] ?? 0;
  const byPremium = figures.toSorted((a, b) => premiumOf(a) - premiumOf(b));
  if (by === 'premium') return [{ name: undefined, languages: byPremium }];
  if (by === 'name') {
    return [
      { name: undefined, languages: figures.toSorted((a, b) => a.row.name.localeCompare(b.row.name, 'en')) },
    ];
  }
  const byScript = new Map<string, LanguageFigures[]>();
  for (const one of byPremium) byScript.set(one.row.group, [...(byScript.get(one.row.group) ?? []), one]);
  const scripts = [...byScript];
  if (scripts.length === 1) return [{ name: undefined, languages: byPremium }];
  const shared = scripts.filter(([, languages]) => languages.length > 1);
  const alone = scripts
    .filter(([, languages]) => languages.length === 1)
    .flatMap(([, languages]) => languages);
  return [
    ...shared.map(([name, languages]) => ({ name, languages })),
    // A heading over each of them would say most names twice.
    ...(alone.length > 0
      ? [{ name: 'Scripts with one language here', languages: alone, namesScripts: true }]
      : []),
  ];
}

/** Tokens and premium of every tokenizer, to take along; empty where one has not answered. */
export function toTable(figures: readonly LanguageFigures[], tokenizers: readonly string[]): ExportTable {
  return {
    columns: [
      'id',
      'language',
      'script',
      ...tokenizers.flatMap((name) => [`${name} tokens`, `${name} premium`]),
    ],
    rows: figures.map(({ row, tokens, premiums }) => [
      row.key,
      row.name,
      row.group,
      ...tokenizers.flatMap((_, i) => [
        tokens[i] ?? null,
        premiums[i] === undefined ? null : rounded(premiums[i]),
      ]),
    ]),
  };
}

function rounded(premium: number): number {
  return Number(premium.toFixed(4));
}

/** What a tokenizer's premiums say in short; undefined where it has not answered. */
export function summaryOf(
  figures: readonly LanguageFigures[],
  at: number,
): { readonly median: number; readonly worst: LanguageFigures; readonly cheaper: number } | undefined {
  const others = figures.slice(1).filter(({ premiums }) => premiums[at] !== undefined);
  if (others.length === 0) return undefined;
  const ordered = others.toSorted((a, b) => a.premiums[at]! - b.premiums[at]!);
  const middle = ordered.length >> 1;
  const upper = ordered[middle]!.premiums[at]!;
  const median = ordered.length % 2 === 1 ? upper : (ordered[middle - 1]!.premiums[at]! + upper) / 2;
  return {
    median,
    worst: ordered.at(-1)!,
    cheaper: others.filter(({ premiums }) => premiums[at]! < 1).length,
  };
}
