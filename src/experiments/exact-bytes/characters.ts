import { assignHues } from '../../core/hues';
import { utf8Length } from '../../core/text/utf8';
import type { InlineToken } from '../../views/token-text/InlineTokens';

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\n': 'line end',
  '\t': 'tab',
  '\r': 'carriage return',
};

/** The name of a character that draws nothing; undefined for the others. */
export function nameOf(character: string): string | undefined {
  return NAMES[character] ?? (/^\p{C}|\p{Z}$/u.test(character) ? 'invisible' : undefined);
}

/** A character in a sentence: “t”, or its name. */
export function quoted(character: string): string {
  return nameOf(character) ?? `“${character}”`;
}

/** Which token each character begins in, by place. */
export function tokenOfEach(characters: readonly string[], tokens: readonly Uint8Array[]): number[] {
  let [token, end, at] = [0, tokens[0]?.length ?? 0, 0];
  return characters.map((character) => {
    while (at >= end && token + 1 < tokens.length) end += tokens[++token]!.length;
    at += utf8Length(character);
    return token;
  });
}

/** A fill for each token, the same for the same bytes. */
export function huesOf(tokens: readonly Uint8Array[]): Uint8Array {
  const ids = new Map<string, number>();
  return assignHues(
    tokens.map((bytes) => {
      const key = bytes.join(' ');
      const id = ids.get(key) ?? ids.size;
      ids.set(key, id);
      return id;
    }),
  );
}

/** Tokens as they are drawn in lines. */
export function inline(tokens: readonly Uint8Array[]): InlineToken[] {
  const hues = huesOf(tokens);
  return tokens.map((text, i) => ({ text, hue: hues[i]! }));
}
