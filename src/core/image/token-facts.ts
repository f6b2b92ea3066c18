import type { ModelManifest } from './manifest';

/** What a model's tokens are, in words. */
export interface TokenFacts {
  /** How many, of what, and whether all are needed. */
  readonly tokens: string;
  readonly codebook: string;
  readonly bits: string;
}

/** @param whole writes the size of a codebook */
export function tokenFacts(tokens: ModelManifest['tokens'], whole: (n: number) => string): TokenFacts {
  const { count, codebookSize, bits, ordered, numbers, unused } = tokens;
  const need = unused
    ? 'the encoder says which are needed'
    : ordered
      ? 'any prefix decodes'
      : 'all are needed';
  if (numbers !== undefined) {
    return {
      tokens: `${count / numbers} of ${numbers} numbers each, ${need}`,
      codebook: `none: each number takes one of ${whole(codebookSize)} levels`,
      bits: `${bits} bits a number`,
    };
  }
  const entries = `${whole(unused ? codebookSize - 1 : codebookSize)} entries`;
  return {
    tokens: `${count}, ${need}`,
    codebook: unused ? `${entries}, and an id for a token that is not needed` : entries,
    bits: `${bits} bits a token`,
  };
}
