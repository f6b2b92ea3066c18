/** What an experiment is about: `paper.ts` of its folder. Plain data, loaded with the index of all experiments. */
export interface Paper {
  /** Part of published links, so it never changes; the folder has the same name. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in one or two sentences. */
  readonly summary: string;
  readonly origin: Origin;
  readonly topics: readonly [Topic, ...Topic[]];
  /** Place on the suggested path within its first topic, from 1. */
  readonly place: number;
  /** Set while a part that the paper is about is still to come: what, in one sentence. Such an entry does not count. */
  readonly preview?: string;
  /** What is claimed, in our words, each with its number. */
  readonly claims: readonly Claim[];
  /** Every way in which this is less than the paper, in sentences; empty where nothing is. */
  readonly simplifications: readonly string[];
  /** To predict before the control is moved. */
  readonly question: string;
}

export type Origin =
  | {
      readonly kind: 'paper';
      /** "Sennrich et al." */
      readonly authors: string;
      readonly year: number;
      readonly venue: string;
      /** "1508.07909" */
      readonly arxiv?: string;
      readonly code?: { readonly url: string; readonly licence: string };
    }
  /** The project's own. */
  | { readonly kind: 'own' };

export type Topic = 'start' | 'text tokens' | 'picture tokens' | 'shapes' | 'inside a model';

/** A sentence that a figure of the experiment can be compared with. */
export interface Claim {
  readonly text: string;
  readonly number: number;
  readonly unit: string;
  /** The id of the figure that states the same for this input. */
  readonly figure: string;
  /** "Table 2", "section 4.1". */
  readonly where: string;
}
