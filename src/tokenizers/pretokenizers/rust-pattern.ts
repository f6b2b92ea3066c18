import {
  createAssertion,
  createUnicodeProperty,
  type Node,
  type OnigurumaAst,
} from 'oniguruma-parser/parser';
import { classOf, PatternError, WORD_PROPERTIES } from './pattern-nodes';

/**
 * Turns the tree of an expression that was parsed as Oniguruma's into what Rust's `fancy-regex` makes of it: `{1,3}+`
 * is possessive, `^` and `$` are the ends of the text, and `\w` has joiners.
 * @throws PatternError where the two differ in more
 */
export function asOniguruma(tree: OnigurumaAst): OnigurumaAst {
  for (const alternative of tree.body) convert(alternative);
  return tree;
}

function convert(node: Node): void {
  if ('body' in node) for (const inner of [node.body].flat()) convert(inner);
  if (node.type === 'Quantifier' && node.body.type === 'Quantifier') {
    if (node.min !== 1 || node.kind !== 'greedy') throw new PatternError('a quantifier of a quantifier');
    Object.assign(node, node.body, { kind: 'possessive' });
  } else if (node.type === 'Assertion' && node.kind === 'line_start') {
    Object.assign(node, createAssertion('string_start'));
  } else if (node.type === 'Assertion' && node.kind === 'line_end') {
    Object.assign(node, createAssertion('string_end'));
  } else if (node.type === 'Assertion' && node.kind === 'word_boundary') {
    throw new PatternError('\\b');
  } else if (node.type === 'CharacterSet' && node.kind === 'word') {
    const { negate = false } = node;
    Object.assign(
      node,
      classOf(
        [...WORD_PROPERTIES, 'Join_Control'].map((name) => createUnicodeProperty(name)),
        negate,
      ),
    );
  }
}
