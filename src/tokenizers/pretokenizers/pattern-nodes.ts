import {
  type AlternativeNode,
  type CharacterClassElementNode,
  type CharacterClassNode,
  createAlternative,
  createCharacter,
  createCharacterClass,
  createGroup,
  createQuantifier,
  type FlagsNode,
  type GroupNode,
  type Node,
  type OnigurumaAst,
  parse,
} from 'oniguruma-parser/parser';

/** What an alternative consists of. */
export type Element = AlternativeNode['body'][number];

/** Why an expression cannot be used, as in "it has a condition, (?(1)a|b)". */
export class PatternError extends SyntaxError {
  /** What another part refused, in its own words. */
  static from(error: unknown): PatternError {
    if (error instanceof PatternError) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new PatternError(message.replace(/^Invalid regular expression: .*: /s, ''));
  }
}

/** What `\w` is within classes. */
export const WORD_PROPERTIES: readonly string[] = ['Alphabetic', 'M', 'Nd', 'Pc'];

/** The same, as part of a class. */
export const WORD = WORD_PROPERTIES.map((name) => `\\p{${name}}`).join('');

/** What stands for `\b` and `\B` while the translator is at work: it takes them otherwise, or refuses what they are. */
export const BOUNDARY = 0x10fffe;
export const NO_BOUNDARY = 0x10fffd;

/** `\p{Punct}` is Unicode's punctuation; `[[:punct:]]` has the symbols, too. The parser takes both for the latter. */
const PROPERTIES = new Map([['punct', 'Punctuation']]);

/** `{2,2}?` is lazy where `{2}?` is optional; the parser tells them no longer apart. */
const LAZY_FIXED = /\{(\d+),\1\}\?/;

/**
 * The tree of an expression in Oniguruma's syntax.
 * @throws PatternError where Oniguruma would not accept it, or the parser does not know it
 */
export function parsePattern(source: string): OnigurumaAst {
  if (/10fff[de]|[\u{10fffd}\u{10fffe}]/iu.test(source)) throw new PatternError('a noncharacter');
  if (LAZY_FIXED.test(source)) throw new PatternError(`the quantifier ${LAZY_FIXED.exec(source)![0]}`);
  try {
    const tree = parse(source, { unicodePropertyMap: PROPERTIES, skipPropertyNameValidation: true });
    makeFixedIntervalsOptional(tree);
    return tree;
  } catch (error) {
    throw PatternError.from(error);
  }
}

/** An interval of one number has no lazy form: in `a{2}?`, the question mark makes it optional. */
function makeFixedIntervalsOptional(node: Node): void {
  if (!('body' in node)) return;
  for (const inner of [node.body].flat()) makeFixedIntervalsOptional(inner);
  if (node.type !== 'Quantifier' || node.kind !== 'lazy' || node.min !== node.max) return;
  const inner = createQuantifier('greedy', node.min, node.max, node.body);
  Object.assign(node, createQuantifier('greedy', 0, 1, anyOf([[inner]])));
}

/** A part of an expression, given as such, as one node. */
export function fragment(source: string): Element {
  return parse(`(?:${source})`, { skipPropertyNameValidation: true }).body[0]!.body[0]!;
}

/** One of several sequences of nodes. */
export function anyOf(sequences: readonly (readonly Element[])[], atomic = false): GroupNode {
  return createGroup({ atomic, body: sequences.map((body) => createAlternative({ body: [...body] })) });
}

/** A class of elements. */
export function classOf(body: readonly CharacterClassElementNode[], negate = false): CharacterClassNode {
  return createCharacterClass({ negate, body: [...body] });
}

/** A class of characters, or the only one. */
export function oneOf(points: readonly number[]): Element {
  const characters = points.map((point) => createCharacter(point));
  return characters.length === 1 ? characters[0]! : classOf(characters);
}

const NO_FLAGS: FlagsNode = parse('').flags;

/** A whole expression of a sequence of nodes. */
export function treeOf(body: readonly Element[]): OnigurumaAst {
  return { type: 'Regex', body: [createAlternative({ body: [...body] })], flags: { ...NO_FLAGS } };
}
