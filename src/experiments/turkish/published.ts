/** A row of the table in the draft of the paper, in its repository: percentages. */
export interface PublishedRow {
  readonly model: string;
  /** Unique tokens that are Turkish, and those that are pure. */
  readonly tr: number;
  readonly pure: number;
  /** Right answers of the model to the questions of TR-MMLU. */
  readonly mmlu: number;
  /** Its tokenizer in the catalogue, where that has it. */
  readonly tokenizer?: string;
}

export const publishedRows: readonly PublishedRow[] = [
  { model: 'Gemma 2', tr: 48.6, pure: 37.1, mmlu: 72.1, tokenizer: 'gemma-2' },
  { model: 'Llama 3.1', tr: 45.8, pure: 30.9, mmlu: 70.4, tokenizer: 'llama-3' },
  { model: 'EuroLLM', tr: 47.0, pure: 35.2, mmlu: 51.3 },
  { model: 'Qwen 2.5', tr: 40.3, pure: 30.2, mmlu: 61.7, tokenizer: 'qwen-2.5' },
  { model: 'Aya Expanse', tr: 50.7, pure: 33.0, mmlu: 70.7 },
  { model: 'Mistral NeMo', tr: 45.3, pure: 36.1, mmlu: 46.9, tokenizer: 'tekken' },
  { model: 'Phi 3.5', tr: 43.9, pure: 34.4, mmlu: 29.4 },
  { model: 'GPT-4o', tr: 42.1, pure: 28.7, mmlu: 84.8, tokenizer: 'o200k' },
];

/** Pearson's correlation, -1 to 1; undefined for fewer than three pairs, and where one of both never changes. */
export function correlation(pairs: readonly (readonly [x: number, y: number])[]): number | undefined {
  if (pairs.length < 3) return undefined;
  const mean = (i: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[i], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  let [xx, yy, xy] = [0, 0, 0];
  for (const pair of pairs) {
    xx += (pair[0] - x) ** 2;
    yy += (pair[1] - y) ** 2;
    xy += (pair[0] - x) * (pair[1] - y);
  }
  return xx === 0 || yy === 0 ? undefined : xy / Math.sqrt(xx * yy);
}
