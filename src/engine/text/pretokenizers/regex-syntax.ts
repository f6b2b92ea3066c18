/**
 * A publisher's pre-tokenizer expression (Rust `regex`/`fancy-regex` syntax) as a JavaScript one with the
 * same meaning, global, Unicode-aware.
 *  - `\s` and `\S` become `\p{White_Space}`: JavaScript's `\s` takes U+FEFF and leaves out U+0085.
 *  - `(?i:...)` is spelled out letter by letter, with Unicode case folding (`s` also matches U+017F).
 * @throws SyntaxError where JavaScript cannot compile the result
 */
export function toJavaScriptPattern(source: string): RegExp {
  return new RegExp(expandIgnoreCase(source).replace(/\\(.)/gs, translateEscape), 'gu');
}

function translateEscape(sequence: string, letter: string): string {
  if (letter === 's') return '\\p{White_Space}';
  if (letter === 'S') return '\\P{White_Space}';
  return sequence;
}

function expandIgnoreCase(source: string): string {
  return source.replace(/\(\?i:((?:[^()\\]|\\.)*)\)/gsu, (_, body: string) => {
    return `(?:${body.replace(/\p{L}/gu, (letter) => `[${caseVariants(letter)}]`)})`;
  });
}

/** Letters that match each other without case (Unicode simple folding), as in U+017F beside `s`. */
function caseVariants(letter: string): string {
  const variants = new Set([letter.toLowerCase(), letter.toUpperCase()]);
  if (variants.has('s')) variants.add('\u017f');
  if (variants.has('k')) variants.add('\u212a');
  return [...variants].join('');
}
