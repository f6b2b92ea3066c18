import { TokenoscopeError } from '../../core/errors';
import { type TiktokenEncoding, tiktokenEncodings } from './tiktoken-encodings';

/** Which encodings a .tiktoken file may be of. */
export interface Encodings {
  /** The id of the present one. */
  readonly chosen: string;
  /** Whether nothing speaks for it. */
  readonly isGuess: boolean;
  readonly all: readonly { readonly id: string; readonly name: string }[];
}

/** How a .tiktoken file is read. */
export interface ChosenEncoding {
  readonly pattern: string;
  readonly normalizer: 'NFC' | undefined;
  readonly special: Readonly<Record<string, number>>;
  /** What was decided, and why. */
  readonly note: string;
  readonly encodings: Encodings;
}

/** The end of the note where special tokens are not known. */
export const NO_SPECIAL = ' It has no special tokens, because their ids are not known.';

/** The one whose pattern is the most widespread. */
const USUAL = 'cl100k';

/**
 * Decides how a .tiktoken file of `count` tokens is read.
 * @param wanted the id of an encoding; by default the one with as many tokens
 * @throws TokenoscopeError `tokenizer-unknown`
 */
export function chooseEncoding(count: number, wanted?: string): ChosenEncoding {
  const options = optionsFor(count);
  const encoding =
    wanted === undefined
      ? (options.find(({ tokens }) => tokens === count) ?? options.find(({ id }) => id === USUAL))
      : tiktokenEncodings.find(({ id }) => id === wanted);
  if (!encoding) {
    throw new TokenoscopeError(
      'tokenizer-unknown',
      `There is no encoding "${wanted}" here.`,
      `Known are ${tiktokenEncodings.map(({ id }) => id).join(', ')}.`,
    );
  }
  const { pattern, normalizer, name } = encoding;
  const isWhole = encoding.tokens === count;
  const size = `${count.toLocaleString('en')} ${count === 1 ? 'token' : 'tokens'}`;
  const why =
    wanted !== undefined
      ? `it is read as ${name}, as chosen`
      : isWhole
        ? `with its ${size} it is taken for ${name}`
        : `with its ${size} it is none of the known ones, so splitting as ${name} does is a guess`;
  const rest = isWhole ? '' : NO_SPECIAL;
  return {
    pattern,
    normalizer,
    special: isWhole ? encoding.special() : {},
    note: `The file says neither how to split text into pieces nor its special tokens: ${why}.${rest}`,
    encodings: {
      chosen: options.includes(encoding) ? encoding.id : same(options, encoding).id,
      isGuess: wanted === undefined && !isWhole,
      all: options.map(({ id, name }) => ({ id, name })),
    },
  };
}

/** Those with as many tokens, then those that split in yet another way. */
function optionsFor(count: number): TiktokenEncoding[] {
  const options = tiktokenEncodings.filter(({ tokens }) => tokens === count);
  for (const encoding of tiktokenEncodings) if (!same(options, encoding)) options.push(encoding);
  return options;
}

function same(options: readonly TiktokenEncoding[], { pattern, normalizer }: TiktokenEncoding) {
  return options.find((one) => one.pattern === pattern && one.normalizer === normalizer)!;
}
