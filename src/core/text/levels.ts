/** Set in a token's level where the paragraph that it begins in runs from right to left. */
export const RTL_PARAGRAPH = 0x80;

/** The embedding level of a token (see bidi.ts), 0 to 3: odd ones run from right to left. */
export function levelOf(level: number): number {
  return level & 0x03;
}

/**
 * The order of a row's tokens on screen, from left to right (Unicode UAX 9, rule L2).
 * @param levels of the tokens in the order of the text
 */
export function visualOrder(levels: readonly number[]): number[] {
  const order = levels.map((_, i) => i);
  for (let level = Math.max(0, ...levels); level > 0; level--) {
    for (let i = 0; i < order.length; i++) {
      if (levels[order[i]!]! < level) continue;
      let end = i;
      while (end < order.length && levels[order[end]!]! >= level) end++;
      order.splice(i, end - i, ...order.slice(i, end).reverse());
      i = end;
    }
  }
  return order;
}
