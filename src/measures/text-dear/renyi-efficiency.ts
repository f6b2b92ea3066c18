import type { DearTextMeasure } from '../dear-text-measures';

/** As the authors recommend. */
const ALPHA = 2.5;

/**
 * Zouhar et al. 2023, "Tokenization and the Noiseless Channel": the Rényi entropy of the tokens' frequencies, divided by
 * its highest value, which is the logarithm of the vocabulary's size.
 */
export const renyiEfficiency: DearTextMeasure = {
  id: 'renyi-efficiency',
  label: 'Rényi efficiency',
  unit: 'ratio',
  summary:
    'How evenly the vocabulary is used (α = 2.5): 1 where every token is as frequent as any other. Short texts score low.',
  better: 'higher',
  range: [0, 1],
  cost: 'dear',
  place: 30,
  compute({ tokens: { ids }, vocabularySize }) {
    if (ids.length === 0 || vocabularySize < 2) return undefined;
    const counts = new Map<number, number>();
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    let sum = 0;
    for (const count of counts.values()) sum += (count / ids.length) ** ALPHA;
    return Math.log(sum) / (1 - ALPHA) / Math.log(vocabularySize);
  },
};
