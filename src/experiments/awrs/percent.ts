/** A share as per cent with one digit; "<0.1 %" for less than that. */
export function percent(share: number): string {
  return share > 0 && share < 0.0005 ? '<0.1\u00a0%' : `${(100 * share).toFixed(1)}\u00a0%`;
}
