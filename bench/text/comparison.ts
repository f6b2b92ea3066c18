/** Compares one text, lone surrogates and all; returns the difference in words, undefined where there is none. */
export type Check = (text: string) => Promise<string | undefined>;

/** A comparison by name, prepared only when it is its turn. */
export interface Comparison {
  readonly name: string;
  readonly prepare: () => Promise<Check>;
}
