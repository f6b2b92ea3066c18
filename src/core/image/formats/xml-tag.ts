/** An attribute as it is written, and where: `start` at its name, `end` after its closing quote. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A start tag, or that of an element without content. */
export interface Tag {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  /** Whether it ends in `/>`. */
  readonly closed: boolean;
  /** After its `>`. */
  readonly end: number;
}

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);
const EQUALS = 61;
const SLASH = 47;
const GREATER = 62;

/**
 * Reads the start tag at `text[at] === '<'`. Values are not decoded. Quoted values are skipped at once, so that
 * paths of megabytes cost almost nothing.
 * @returns undefined where the text ends within it
 */
export function readTag(text: string, at: number): Tag | undefined {
  let i = at + 1;
  const wordEnd = (from: number) => {
    let to = from;
    for (let code = text.charCodeAt(to); to < text.length; code = text.charCodeAt(++to)) {
      if (isSpace(code) || code === EQUALS || code === SLASH || code === GREATER) break;
    }
    return to;
  };
  const nameEnd = wordEnd(i);
  const name = text.slice(i, nameEnd);
  const attributes: Attribute[] = [];
  for (i = nameEnd; i < text.length; ) {
    const code = text.charCodeAt(i);
    if (code === GREATER) return { name, attributes, closed: text.charCodeAt(i - 1) === SLASH, end: i + 1 };
    if (isSpace(code) || code === SLASH || code === EQUALS) {
      i++;
      continue;
    }
    const start = i;
    i = wordEnd(i);
    const attribute = text.slice(start, i);
    while (isSpace(text.charCodeAt(i))) i++;
    if (text.charCodeAt(i) !== EQUALS) continue;
    i++;
    while (isSpace(text.charCodeAt(i))) i++;
    const quote = text[i];
    if (quote !== '"' && quote !== "'") continue; // not XML
    const close = text.indexOf(quote, i + 1);
    if (close < 0) return undefined;
    attributes.push({ name: attribute, value: text.slice(i + 1, close), start, end: close + 1 });
    i = close + 1;
  }
  return undefined;
}
