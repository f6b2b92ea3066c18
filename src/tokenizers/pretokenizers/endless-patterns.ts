/**
 * Whether an expression repeats without end something that itself repeats without end, as in `(a+)+`: a
 * backtracking engine, JavaScript's as well as Oniguruma, may then take time exponential in the text's length.
 * Only a hint: whether it happens depends on what the repetitions match.
 */
export function mayBeEndless(source: string): boolean {
  // Of each open group, innermost last: whether it holds an endless repetition, and whether it is atomic.
  const groups: { endless: boolean; atomic: boolean }[] = [{ endless: false, atomic: false }];
  for (let at = 0; at < source.length; at++) {
    const character = source[at];
    if (character === '(') {
      groups.push({ endless: false, atomic: source.startsWith('?>', at + 1) });
      continue;
    }
    if (character === '\\') at++;
    if (character === '[') at = classEnd(source, at);
    const closed = character === ')' ? groups.pop() : undefined;
    const outer = groups.at(-1);
    if (!outer) return false;
    const inner = closed?.endless && !closed.atomic;
    const quantifier = QUANTIFIER.exec(source.slice(at + 1, at + 20));
    const endless = quantifier?.[1] !== undefined && quantifier[2] !== '+';
    if (inner && endless) return true;
    // A possessive repetition gives nothing back.
    if (endless || (inner && quantifier?.[2] !== '+')) outer.endless = true;
    at += quantifier?.[0].length ?? 0;
  }
  return false;
}

/** A quantifier: its first group where it has no end, its second what makes it lazy or possessive. */
const QUANTIFIER = /^(?:([*+]|\{\d*,\})|\?|\{\d*,?\d*\})([?+])?/;

function classEnd(source: string, open: number): number {
  let at = open + 1;
  if (source[at] === '^') at++;
  if (source[at] === ']') at++;
  for (; at < source.length && source[at] !== ']'; at++) {
    if (source[at] === '\\') at++;
    else if (source.startsWith('[:', at)) at = Math.max(at, source.indexOf(':]', at) + 1);
  }
  return at;
}
