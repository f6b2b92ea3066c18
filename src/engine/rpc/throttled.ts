/** A report that is made once in a while: those that come sooner after the last one are dropped. @param ms between two */
export function throttled<T>(report: (value: T) => void, ms: number): (value: T) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (value) => {
    const now = performance.now();
    if (now - last < ms) return;
    last = now;
    report(value);
  };
}
