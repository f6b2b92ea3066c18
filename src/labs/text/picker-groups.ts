import type { TextCatalogEntry } from '../../catalog/tokenizers';

/** Tokenizers of one maker. */
export interface PickerGroup {
  readonly maker: string;
  readonly entries: readonly TextCatalogEntry[];
}

/**
 * The entries that a search means, by maker, in the order of the list: every word of the search is in the entry's label,
 * id, models, maker or summary. Signs and spaces between them do not count: "llama3" means Llama 3.
 */
export function pickerGroups(entries: readonly TextCatalogEntry[], query: string): PickerGroup[] {
  const groups = new Map<string, TextCatalogEntry[]>();
  for (const entry of entries) {
    const { label, id, models = [], publisher, summary } = entry;
    if (!matches(query, [label, id, ...models, publisher, summary])) continue;
    const group = groups.get(entry.publisher);
    if (group) group.push(entry);
    else groups.set(entry.publisher, [entry]);
  }
  return Array.from(groups, ([maker, found]) => ({ maker, entries: found }));
}

/** Whether every word of a search is in one of these texts. */
export function matches(query: string, texts: readonly string[]): boolean {
  const plain = texts.map(folded);
  const joined = plain.map((text) => text.replaceAll(/[^\p{L}\p{N}]/gu, ''));
  return folded(query)
    .split(/\s+/)
    .every((word) => {
      const bare = word.replaceAll(/[^\p{L}\p{N}]/gu, '');
      return (
        plain.some((text) => text.includes(word)) ||
        (bare !== '' && joined.some((text) => text.includes(bare)))
      );
    });
}

function folded(text: string): string {
  return text.trim().normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase('en');
}
