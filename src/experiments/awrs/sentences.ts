/** Characters of a sentence, at most; a longer stretch is divided between words. */
const LONGEST = 300;

/** What ends a sentence: signs, and the quotation marks and brackets behind them. */
const END = /[.!?…]+['"’”»)\]]*(?=\s|$)|[。！？]+[」』”’）]*/gu;

/**
 * The sentences of a text, without white space around them and with single spaces within. Empty lines end one as well;
 * where most sentences are lines (a list, a program), every line is one.
 */
export function sentencesOf(text: string): string[] {
  const found: string[] = [];
  for (const paragraph of text.split(/\n\s*\n/u)) {
    let from = 0;
    for (const { index, 0: sign } of paragraph.matchAll(END)) {
      const end = index + sign.length;
      // "'Oh!' said she" goes on: what follows is a small letter.
      if (/^\s+\p{Ll}/u.test(paragraph.slice(end, end + 8))) continue;
      found.push(...parts(paragraph.slice(from, end)));
      from = end;
    }
    // What no sign ends: a heading, or lines that are no sentences.
    for (const line of paragraph.slice(from).split('\n')) found.push(...parts(line));
  }
  return found;
}

function parts(sentence: string): string[] {
  const trimmed = sentence.trim().replace(/\s+/gu, ' ');
  if (trimmed === '') return [];
  const signs = Array.from(trimmed);
  if (signs.length <= LONGEST) return [trimmed];
  const divided: string[] = [];
  for (let from = 0; from < signs.length; ) {
    let to = Math.min(signs.length, from + LONGEST);
    const space = to < signs.length ? signs.lastIndexOf(' ', to) : to;
    if (space > from) to = space;
    divided.push(signs.slice(from, to).join('').trim());
    from = to;
  }
  return divided.filter((part) => part !== '');
}
