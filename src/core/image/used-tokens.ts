/** The tokens of a picture that a model says it needs. */
export interface UsedTokens {
  /** How many. */
  readonly count: number;
  /** How many it takes from the first to the last of them: a shorter prefix lacks some. */
  readonly prefix: number;
}

/** @param unused the id of a token that is not needed */
export function usedTokens(ids: ArrayLike<number>, unused: number): UsedTokens {
  let count = 0;
  let prefix = 0;
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === unused) continue;
    count++;
    prefix = i + 1;
  }
  return { count, prefix };
}
