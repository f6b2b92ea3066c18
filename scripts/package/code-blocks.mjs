// @ts-check

/**
 * The fenced code blocks of a Markdown text, in order.
 * @param {string} markdown
 * @returns {{ language: string; code: string }[]} the language is all that follows the fence, such as `js browser`
 */
export function codeBlocks(markdown) {
  return [...markdown.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
    language,
    code,
  }));
}
