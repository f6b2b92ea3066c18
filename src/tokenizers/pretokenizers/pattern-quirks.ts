import type { Node } from 'oniguruma-parser/parser';
import { type Element, PatternError } from './pattern-nodes';
import { shapeOf } from './pattern-shape';

/**
 * Refuses an end of a line or a lookahead before any number of any characters, as in `$\O+`: Oniguruma then tries only
 * where the search starts, though it could match elsewhere.
 * @param sequence rewritten
 */
export function refuseUntriedPlaces(sequence: readonly Element[]): void {
  let looksAhead = false;
  for (const node of sequence) {
    if (looksAhead && beginsWithAnything(node)) {
      throw new PatternError('$ or a lookahead before any number of any characters');
    }
    if (shapeOf(node).full) looksAhead = false;
    else if (isLookahead(node)) looksAhead = true;
  }
}

function isLookahead(node: Node): boolean {
  if (node.type === 'Group') return node.body.some(({ body }) => body.some(isLookahead));
  if (node.type === 'Assertion') return node.kind === 'line_end';
  return node.type === 'LookaroundAssertion' && node.kind === 'lookahead' && !node.negate;
}

function beginsWithAnything(node: Node): boolean {
  if (node.type === 'Group' || node.type === 'CapturingGroup') {
    return node.body.some(({ body }) => body[0] !== undefined && beginsWithAnything(body[0]));
  }
  if (node.type !== 'Quantifier') return false;
  if (beginsWithAnything(node.body)) return true;
  return (
    node.max === Number.POSITIVE_INFINITY && node.body.type === 'CharacterSet' && node.body.kind === 'any'
  );
}
