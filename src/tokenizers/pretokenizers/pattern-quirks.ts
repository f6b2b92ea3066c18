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

/** @param endless whether it is within a repetition without end */
function beginsWithAnything(node: Node, endless = false): boolean {
  switch (node.type) {
    case 'Group':
    case 'CapturingGroup':
      return node.body.some(({ body }) => body[0] !== undefined && beginsWithAnything(body[0], endless));
    case 'Quantifier':
      return beginsWithAnything(node.body, endless || node.max === Number.POSITIVE_INFINITY);
    case 'CharacterSet':
      return endless && node.kind === 'any';
    default:
      return false;
  }
}
