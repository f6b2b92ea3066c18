import { TokenoscopeError } from '../core/errors';
import { decodeUtf8 } from '../core/text/utf8';
import { curveSizes } from '../core/text/vocabulary-cut';
import { vocabularyCuts } from '../tokenizers/cut/vocabulary-cuts';
import { drain } from '../tokenizers/files/steps';
import { badArguments, defineCommand, optional, withDefault } from './command';
import { PROGRAM } from './program';
import { encodingOption, openTokenizerArgument, tokenizerOption } from './tokenizer-argument';

/** Sizes of a curve where none are named, about. */
const SIZES = 48;

/** How many tokens the text on standard input has, by the size of the vocabulary. */
export const command = defineCommand({
  name: 'curve',
  summary:
    'Text on standard input -> how many tokens it has if the vocabulary is cut, at sizes from end to end.',
  options: {
    tokenizer: tokenizerOption,
    encoding: encodingOption,
    sizes: optional(
      'N,N,...',
      'numbers of entries; by default about 48 from the smallest to the largest',
      sizesIn,
    ),
    format: withDefault<'json' | 'csv'>('json|csv', 'one JSON line, or a table', 'json', (text, name) => {
      if (text === 'json' || text === 'csv') return text;
      throw badArguments(`${name} takes json or csv, not "${text}".`);
    }),
  },
  details: `  A cut keeps the first merges, the best scores, or the first entries ("by"), besides single bytes or
  characters and special tokens, which are "smallest". A size beyond the ends is taken as the end.

  ${PROGRAM} curve --tokenizer gpt2 --sizes 1000,10000 --format csv < text.txt`,
  async run({ tokenizer: names, encoding, sizes, format }, io) {
    const { tokenizer, notes } = await openTokenizerArgument(names, encoding);
    for (const note of notes) io.stderr(`${note}\n`);
    const cuts = vocabularyCuts(tokenizer);
    if (!cuts) {
      throw new TokenoscopeError(
        'tokenizer-unsupported',
        'This tokenizer has no vocabulary that can be cut.',
        'Name one with merges, scores or word pieces.',
      );
    }
    const { by, smallest, largest } = cuts.extent;
    const text = drain(cuts.prepare(decodeUtf8(await io.stdin())));
    const points = (sizes ?? curveSizes(smallest, largest, SIZES)).map((asked) => {
      const size = cuts.sizeAt(asked);
      const merges = cuts.mergesAt(size);
      return { size, ...(merges === undefined ? {} : { merges }), tokens: drain(text.count(size)) };
    });
    if (format === 'json') io.stdout(`${JSON.stringify({ by, smallest, largest, points })}\n`);
    else {
      io.stdout('size,merges,tokens\n');
      for (const { size, merges, tokens } of points) io.stdout(`${size},${merges ?? ''},${tokens}\n`);
    }
    return 0;
  },
});

function sizesIn(text: string, name: string): readonly number[] {
  const sizes = text.split(',').map((part) => (/^\d{1,9}$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (sizes.every((size) => size >= 0)) return sizes;
  throw badArguments(`${name} takes whole numbers with commas between them, not "${text}".`);
}
