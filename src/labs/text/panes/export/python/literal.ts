/** Characters of a literal's line, about. */
const WIDTH = 88;

/** Characters that cannot be told apart or seen in an editor: all but printable ones and the plain space. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** A well-formed text as a Python expression: a string, or several in parentheses, one for each line. */
export function pythonString(text: string): string {
  const lines = text.split(/(?<=\n)/).flatMap(chunks);
  if (lines.length <= 1) return quoted(lines[0] ?? '');
  return `(\n${lines.map((line) => `    ${quoted(line)}\n`).join('')})`;
}

/** Whole numbers as a Python list, in lines. */
export function pythonList(ids: ArrayLike<number>): string {
  const lines: string[] = [];
  let line = '';
  for (let i = 0; i < ids.length; i++) {
    const item = `${ids[i]}${i + 1 < ids.length ? ',' : ''}`;
    if (line.length + item.length + 1 > WIDTH) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? item : ` ${item}`;
  }
  if (line !== '') lines.push(line);
  return lines.length <= 1 ? `[${line}]` : `[\n${lines.map((one) => `    ${one}\n`).join('')}]`;
}

function quoted(text: string): string {
  let inside = '';
  for (const character of text) inside += escaped(character);
  return `"${inside}"`;
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  if (!UNSEEN.test(character)) return character;
  const code = character.codePointAt(0)!;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** A line in stretches short enough to read, never within a character. */
function chunks(line: string): string[] {
  const found: string[] = [];
  let chunk = '';
  for (const character of line) {
    chunk += character;
    if (chunk.length >= WIDTH && /\s/.test(character)) {
      found.push(chunk);
      chunk = '';
    }
  }
  if (chunk !== '') found.push(chunk);
  return found;
}
