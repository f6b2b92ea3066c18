import { generate } from 'oniguruma-parser/generator';
import type { OnigurumaAst } from 'oniguruma-parser/parser';
import { toRegExpDetails } from 'oniguruma-to-es';
import { BOUNDARY, NO_BOUNDARY, PatternError, WORD } from './pattern-nodes';

/** `\w` outside of classes. */
const W = `[${WORD}\\xb2\\xb3\\xb9\\xbc-\\xbe]`;
const BOUNDARIES = [
  [BOUNDARY, `(?:(?<=${W})(?!${W})|(?<!${W})(?=${W}))`],
  [NO_BOUNDARY, `(?:(?<=${W})(?=${W})|(?<!${W})(?!${W}))`],
] as const;

/**
 * A tree that `OnigurumaRewriter` is done with as a JavaScript expression.
 * @throws PatternError where the translator or JavaScript refuses
 */
export function compileTree(tree: OnigurumaAst): RegExp {
  try {
    const { pattern, flags } = toRegExpDetails(generate(tree).pattern, {
      target: 'ES2024',
      avoidSubclass: true,
    });
    const complete = BOUNDARIES.reduce(
      (text, [mark, boundary]) => text.replaceAll(`\\u{${mark.toString(16).toUpperCase()}}`, boundary),
      pattern,
    );
    const compiled = new RegExp(complete, `g${flags}`);
    // JavaScript engines compile at the first use, once for texts of Latin-1, and only then find it too large.
    for (const text of ['', '\u0100']) compiled.exec(text);
    compiled.lastIndex = 0;
    return compiled;
  } catch (error) {
    throw PatternError.from(error);
  }
}
