import type { ComponentType } from 'react';

/**
 * One way to look at what the tokenizers make of the text, beside the columns of tokens: `panes/<id>/pane.ts` exports it
 * as `pane`. Its view takes everything from the lab (`useLab`), and keeps what a link should hold with `usePaneSettings`.
 */
export interface TextPane {
  /** Part of published links: it never changes. */
  readonly id: string;
  /** The tab's label: one word. */
  readonly label: string;
  /** What it shows, in one sentence. */
  readonly summary: string;
  /** Place in the row of tabs: small first. */
  readonly place: number;
  /** Set where it draws tokens, so that the switch of whitespace has an effect. */
  readonly drawsTokens?: true;
  /** Loads its view. */
  load(): Promise<ComponentType>;
}
