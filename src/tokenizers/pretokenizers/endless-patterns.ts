import type { Node } from 'oniguruma-parser/parser';
import { parsePattern } from './pattern-nodes';

/**
 * Whether an expression repeats without end something that itself repeats more or less often, as in `(a+)+` or
 * `(a{1,2})+`: a backtracking engine, JavaScript's as well as Oniguruma, may then take time exponential in the text's
 * length, as it tries to divide a stretch in every way.
 * Only a hint: whether it happens depends on what the repetitions match. What cannot be parsed is no such expression.
 */
export function mayBeEndless(source: string): boolean {
  try {
    return parsePattern(source).body.some((alternative) => nestsRepetitions(alternative, false));
  } catch {
    return false;
  }
}

/** @param repeated whether the part is within a repetition without end, whose matches can be divided otherwise */
function nestsRepetitions(node: Node, repeated: boolean): boolean {
  const endless = node.type === 'Quantifier' && node.max === Number.POSITIVE_INFINITY;
  const varies = node.type === 'Quantifier' && node.max > 1 && node.max > node.min;
  // What is atomic gives nothing back.
  const atomic =
    node.type === 'LookaroundAssertion' ||
    (node.type === 'Quantifier' && node.kind === 'possessive') ||
    (node.type === 'Group' && node.atomic === true);
  if (varies && !atomic && repeated) return true;
  if (!('body' in node)) return false;
  const within = !atomic && (repeated || endless);
  return [node.body].flat().some((inner) => nestsRepetitions(inner, within));
}
