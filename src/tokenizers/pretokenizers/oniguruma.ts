import { compileTree } from './pattern-compile';
import { PatternError, parsePattern } from './pattern-nodes';
import { PatternRewriter } from './pattern-rewrite';
import { asOniguruma } from './rust-pattern';
import { SearchStartRegExp } from './search-start';

/**
 * An expression of a `tokenizer.json` as a JavaScript one with the same matches, global and Unicode-aware. Hugging
 * Face's library hands them to Oniguruma, whose syntax differs from that of JavaScript, Perl and Rust.
 *
 * The translator is `oniguruma-to-es`. Before it, `PatternRewriter` spells out what it takes otherwise than
 * Oniguruma 6.9.10 does, and refuses what JavaScript has no equal of.
 * @throws PatternError that names what Oniguruma does not accept, or what cannot be translated
 */
export function onigurumaPattern(source: string): RegExp {
  try {
    const rewriter = new PatternRewriter();
    const here = compileTree(rewriter.rewrite(parsePattern(source)));
    if (!rewriter.hasSearchStart) return here;
    const later = new PatternRewriter({ atSearchStart: false });
    return new SearchStartRegExp(here, compileTree(later.rewrite(parsePattern(source))));
  } catch (error) {
    throw PatternError.from(error);
  }
}

/**
 * The same for an expression as Rust's `regex` and `fancy-regex` read it, which tiktoken is made with.
 * @throws PatternError as `onigurumaPattern`
 */
export function rustPattern(source: string): RegExp {
  try {
    return compileTree(
      new PatternRewriter({ simpleFolding: true }).rewrite(asOniguruma(parsePattern(source))),
    );
  } catch (error) {
    throw PatternError.from(error);
  }
}
