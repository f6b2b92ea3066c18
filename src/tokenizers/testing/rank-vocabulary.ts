import { encodeUtf8 } from '../../core/text/utf8';
import { Random } from './random';

/** A generated .tiktoken file: tokens by rank; a rank without one is a hole. */
export type RankTokens = readonly (Uint8Array | undefined)[];

/** What texts and long tokens are made of, beside bytes. */
const PARTS = ['a', 'b', 'ab', ' ', '  ', '\n', 'é', '漢', '字', '1', '.:', "'s", '\u0301', '😀', '0'];

/**
 * Tokens of a rank vocabulary as no training would give them: merges of tokens of any rank, tokens that no merge makes,
 * tokens of hundreds of bytes, holes, an empty token, and now and then a byte without one.
 */
export function rankTokens(seed: number): RankTokens {
  const random = new Random(seed);
  const known = new Map<string, Uint8Array>();
  const add = (token: Uint8Array) => void known.set(token.join(), token);
  const missing = random.below(4) === 0 ? random.below(256) : -1;
  for (let byte = 0; byte < 256; byte++) if (byte !== missing) add(Uint8Array.of(byte));
  const count = 20 + random.below(200);
  for (let i = 0; i < count; i++) {
    const tokens = [...known.values()];
    const fromText = () => encodeUtf8(random.pick(PARTS));
    const part = () => (random.below(3) === 0 ? fromText() : tokens[256 + random.below(tokens.length)]);
    const joined = [...(part() ?? fromText()), ...(part() ?? fromText())];
    if (joined.length <= 700) add(Uint8Array.from(joined));
  }
  if (random.below(3) === 0) add(Uint8Array.from({ length: 256 }, () => 0x61));
  if (random.below(3) === 0) add(new Uint8Array(0));
  const tokens: (Uint8Array | undefined)[] = [...known.values()];
  const swaps = random.pick([0, 1, 3, 400]);
  for (let i = 0; i < swaps; i++) {
    const [a, b] = [random.below(tokens.length), random.below(tokens.length)];
    [tokens[a], tokens[b]] = [tokens[b], tokens[a]];
  }
  for (let holes = random.below(3); holes > 0; holes--) {
    tokens.splice(random.below(tokens.length), 0, undefined);
  }
  return tokens;
}

/** A text that such tokens meet often. */
export function textOfParts(seed: number, tokens: RankTokens): string {
  const random = new Random(seed);
  const decoder = new TextDecoder();
  const part = () => {
    const token = random.pick(tokens);
    return random.below(2) === 0 && token ? decoder.decode(token) : random.pick(PARTS);
  };
  return Array.from({ length: random.below(30) }, part).join('');
}

/** The .tiktoken file. */
export function tiktokenFile(tokens: RankTokens): Uint8Array {
  const lines = tokens.map((token, rank) => (token ? `${base64(token) || '='} ${rank}\n` : ''));
  return encodeUtf8(lines.join(''));
}

/** The same in the form that npm's tiktoken reads; it has no form for an empty token. */
export function tiktokenRanks(tokens: RankTokens): string {
  return tokens
    .map((token, rank) => (token?.length ? `! ${rank} ${base64(token)}` : ''))
    .filter(Boolean)
    .join('\n');
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
