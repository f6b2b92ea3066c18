import { formatBytes, listed } from '../../../ui/format';

/** A reconstruction on screen. */
export interface Rebuilt {
  /** The model's or codec's name. */
  readonly label: string;
  readonly bytes: number;
  /** Of how many tokens, of how many there are; absent where a codec made it. */
  readonly k?: number;
  readonly count?: number;
}

/** What is on screen. */
export interface Seen {
  /** Whether the picture came as tokens only. */
  readonly fromLink: boolean;
  /** Those that are drawn, in the order of lanes. */
  readonly rebuilt: readonly Rebuilt[];
  /** Whether their differences from the original are shown instead of themselves. */
  readonly lost?: boolean;
  /** What the first lane does while nothing is drawn. */
  readonly doing: 'loading-model' | 'encoding' | 'decoding' | 'nothing';
  /** The first lane's model. */
  readonly model: string;
}

/** What is on screen, in one sentence. */
export function sentenceOf({ fromLink, rebuilt, lost = false, doing, model }: Seen): string {
  const picture = fromLink ? 'a picture from a link' : 'this picture';
  const [first] = rebuilt;
  if (!first) {
    return {
      'loading-model': `Loading ${model}, which rebuilds ${picture} from tokens.`,
      encoding: `${model} turns ${picture} into tokens.`,
      decoding: `${model} rebuilds ${picture}.`,
      nothing: 'Open a picture to see it rebuilt from tokens.',
    }[doing];
  }
  const subject = lost ? `What is lost of ${picture}` : `${picture[0]!.toUpperCase()}${picture.slice(1)}`;
  if (rebuilt.length === 1) {
    return `${subject}, rebuilt from ${tokensOf(first, rebuilt)}: ${sizeOf(first.bytes)}.`;
  }
  const names = listed(rebuilt.map(({ label }) => label));
  if (first.k !== undefined && rebuilt.every(({ k, bytes }) => k === first.k && bytes === first.bytes)) {
    return `${subject}, rebuilt from ${tokensOf(first, rebuilt)} by ${names}: ${sizeOf(first.bytes)} each.`;
  }
  const each = rebuilt.map(({ label, k, bytes }) =>
    k === undefined ? `${label} (${sizeOf(bytes)})` : `${label} (${countOf(k)}, ${sizeOf(bytes)})`,
  );
  return `${subject}, rebuilt by ${listed(each)}.`;
}

/** "its first 64 tokens". */
function tokensOf({ k = 0 }: Rebuilt, all: readonly Rebuilt[]): string {
  if (all.every(({ count }) => count === k)) return k === 1 ? 'its only token' : `all its ${countOf(k)}`;
  return k === 1 ? 'its first token' : `its first ${countOf(k)}`;
}

function countOf(k: number): string {
  return k === 1 ? '1 token' : `${k} tokens`;
}

function sizeOf(bytes: number): string {
  if (bytes === 1) return '1 byte';
  return bytes < 1000 ? `${bytes} bytes` : formatBytes(bytes);
}
