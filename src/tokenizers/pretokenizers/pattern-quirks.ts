import type {
  CharacterClassElementNode,
  CharacterClassNode,
  LookaroundAssertionNode,
  Node,
  QuantifierNode,
} from 'oniguruma-parser/parser';
import { compileTree } from './pattern-compile';
import { classOf, type Element, PatternError, treeOf } from './pattern-nodes';
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
  return node.type === 'LookaroundAssertion' && node.kind === 'lookahead';
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

/**
 * Refuses classes of nothing within others: JavaScript engines do not agree on `[^[]&&[]]`, and Oniguruma takes some
 * that are empty, such as `[^\w\W]`, for classes that are not.
 */
export function refuseNothing({ body }: CharacterClassNode): void {
  if (body.some(isNothing)) throw new PatternError('a class of nothing within another');
}

function isNothing(node: CharacterClassElementNode): boolean {
  if (node.type !== 'CharacterClass') return false;
  if (node.body.length === 0) return true;
  if (!node.negate) return false;
  const set = new RegExp(compileTree(treeOf([classOf([node])])), 'v');
  for (let point = 0; point < 0x110000; point++) if (set.test(String.fromCodePoint(point))) return false;
  return true;
}

/**
 * Refuses, within a lookbehind, repetitions of others or of what may be nothing, and lookarounds of nothing: Oniguruma
 * does not find some of them.
 */
export function refuseBehind(node: QuantifierNode | LookaroundAssertionNode): void {
  if (node.type === 'LookaroundAssertion') {
    if (node.body.every(({ body }) => body.length === 0)) {
      throw new PatternError('a lookaround of nothing within a lookbehind');
    }
  } else if (hasRepetition(node.body) || shapeOf(node.body).empty) {
    throw new PatternError('a repetition of another, or of what may be nothing, within a lookbehind');
  }
}

function hasRepetition(node: Node): boolean {
  return node.type === 'Quantifier' || ('body' in node && [node.body].flat().some(hasRepetition));
}
