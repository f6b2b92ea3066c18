import type { Node } from 'oniguruma-parser/parser';
import { compileTree } from './pattern-compile';
import { type Element, parsePattern, treeOf } from './pattern-nodes';

/**
 * Whether an expression repeats without end something that itself repeats more or less often, as in `(a+)+` or
 * `(a{1,2})+`, or that can match a character in two ways, as in `(\w|\d)+`. A backtracking engine, JavaScript's as
 * well as Oniguruma, may then take time exponential in the text's length, as it divides a stretch in every way.
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
  if (endless && !atomic && hasTwoWays(node.body)) return true;
  if (!('body' in node)) return false;
  const within = !atomic && (repeated || endless);
  return [node.body].flat().some((inner) => nestsRepetitions(inner, within));
}

/** Whether two alternatives match the same character. */
function hasTwoWays(node: Node): boolean {
  if ((node.type !== 'Group' && node.type !== 'CapturingGroup') || 'atomic' in node) return false;
  const single = node.body.flatMap(({ body }) => (body.length === 1 && isCharacter(body[0]!) ? body : []));
  if (single.length < 2) return false;
  const sets = single.map((element) => new RegExp(compileTree(treeOf([element])), 'v'));
  return SAMPLE.some((character) => sets.filter((set) => set.test(character)).length > 1);
}

function isCharacter({ type }: Element): boolean {
  return type === 'Character' || type === 'CharacterClass' || type === 'CharacterSet';
}

const SAMPLE = Array.from({ length: 0x250 }, (_, i) => String.fromCodePoint(i)).concat('\u3042', '\u4e2d');
