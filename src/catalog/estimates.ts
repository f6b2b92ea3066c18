/** Where a figure was published: what a reader can check. */
export interface EstimateSource {
  /** Who says it, and what was measured. One sentence. */
  readonly says: string;
  readonly url: string;
  /** When it was published: ISO 8601, to the day or the month. */
  readonly date: string;
}

/**
 * How many tokens a model takes whose tokenizer is not public: a published ratio to one that is, and how far off it may be.
 * It is a count and nothing more: no one knows how such a model divides a text. One file each in ./estimates/.
 */
export interface TokenEstimate {
  /** The file has the same name. */
  readonly id: string;
  /** The models, as their users call them. */
  readonly label: string;
  readonly publisher: string;
  /** The entry of the catalogue whose tokens are counted. */
  readonly of: string;
  /** Tokens for each token of it. */
  readonly factor: number;
  /** The band that the published figures span; both are the factor where the publisher itself counts like this. */
  readonly low: number;
  readonly high: number;
  /** What the figures were measured on, and what that leaves out. One or two sentences. */
  readonly measuredOn: string;
  readonly sources: readonly [EstimateSource, ...EstimateSource[]];
  /** Place in lists: small first. */
  readonly order: number;
}

const files = import.meta.glob<TokenEstimate>('./estimates/*.ts', { eager: true, import: 'estimate' });

/** Every estimate, in list order. */
export const tokenEstimates: readonly TokenEstimate[] = Object.values(files).sort(
  (a, b) => a.order - b.order,
);

/** An estimated count and its band, in tokens. */
export interface EstimatedTokens {
  readonly about: number;
  readonly low: number;
  readonly high: number;
}

/**
 * What an estimate makes of a count, rounded to what it can tell: three digits, the band outwards.
 * @param tokens of the tokenizer that it is an estimate of
 */
export function estimateTokens({ factor, low, high }: TokenEstimate, tokens: number): EstimatedTokens {
  const step = low === high ? 1 : 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, tokens * factor))) - 2);
  const about = Math.round((tokens * factor) / step) * step;
  // Products such as 100 * 1.1 lie a rounding error above a whole number.
  return {
    about,
    low: Math.min(about, Math.floor((tokens * low) / step + 1e-9) * step),
    high: Math.max(about, Math.ceil((tokens * high) / step - 1e-9) * step),
  };
}
