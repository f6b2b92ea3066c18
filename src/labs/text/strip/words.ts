import type { Quantity, Ranking } from './ranking';

/** How a quantity is spoken of. */
export const QUANTITY_WORDS: Readonly<
  Record<Quantity, { name: string; unit: string; best: string; needs: string }>
> = {
  tokens: { name: 'tokens', unit: 'tokens', best: 'fewest', needs: 'needs the fewest tokens' },
  'bytes-per-token': {
    name: 'bytes per token',
    unit: 'B/token',
    best: 'most',
    needs: 'packs the most bytes into a token',
  },
  fertility: {
    name: 'tokens per word',
    unit: 'per word',
    best: 'fewest',
    needs: 'needs the fewest tokens per word',
  },
  price: { name: 'price', unit: '', best: 'cheapest', needs: 'is the cheapest for this text' },
};

/** Whether a tokenizer may still get a place. */
export function isWaiting(unranked: Ranking['unranked']): boolean {
  return unranked.some(({ reason }) => reason === 'waiting');
}

/** What the comparison comes to, in a sentence. */
export function headline(
  { ranked, unranked }: Ranking,
  quantity: Quantity,
  labelOf: (id: string) => string,
  isEmpty: boolean,
): string {
  if (isEmpty) return 'No text yet, so there is nothing to compare.';
  if (ranked.length + unranked.length === 1) return 'Add a tokenizer to compare it with.';
  const best = ranked.filter(({ isBest }) => isBest).map(({ id }) => labelOf(id));
  if (best.length === 0) {
    if (quantity === 'price') return 'Set prices per million tokens to compare what this text costs.';
    return isWaiting(unranked) ? 'Tokenizing …' : 'Nothing to compare yet.';
  }
  const { needs } = QUANTITY_WORDS[quantity];
  // One that is still at work may need fewer.
  const end = isWaiting(unranked) ? ' so far.' : '.';
  if (best.length === 1) return `${best[0]} ${needs}${end}`;
  if (best.length === ranked.length) return `No difference between them${end}`;
  const plural = needs.replace(/^(needs|packs|is)/, (verb) => (verb === 'is' ? 'are' : verb.slice(0, -1)));
  return `${best.slice(0, -1).join(', ')} and ${best.at(-1)} ${plural}${end}`;
}
