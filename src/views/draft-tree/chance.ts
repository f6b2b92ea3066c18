/** A p-value in words: "0.42", "less than 0.001". */
export function sayChance(p: number): string {
  return p < 0.001 ? 'less than 0.001' : p.toFixed(p < 0.01 ? 3 : 2);
}
