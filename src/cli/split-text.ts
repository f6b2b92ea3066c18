import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { decodeUtf8, encodeUtf8 } from '../core/text/utf8';
import { pieceLine } from '../engine/text/pack-pieces';
import { splitText } from '../engine/text/split-text';
import { isPackage } from '../package/own-files';
import { badArguments, defineCommand, required, wholeNumber, withDefault } from './command';
import type { CliIo } from './io';
import { PROGRAM } from './program';
import { encodingOption, openTokenizerArgument, tokenizerOption } from './tokenizer-argument';

/** The pieces of a text file, a JSON line each. */
export const command = defineCommand({
  name: 'split-text',
  summary: 'A text file -> pieces of at most so many tokens, one JSON line each.',
  options: {
    tokenizer: tokenizerOption,
    encoding: encodingOption,
    tokens: required(
      'N',
      'most tokens of a piece',
      'Say how many tokens a piece may have with --tokens.',
      (text, name) => {
        const size = wholeNumber(text, 1);
        if (size === undefined) throw badArguments(`${name} takes a whole number from 1, not "${text}".`);
        return size;
      },
    ),
    overlap: withDefault('N', 'most tokens that a piece repeats of the one before', '0', (text, name) => {
      const overlap = wholeNumber(text, 0);
      if (overlap === undefined) throw badArguments(`${name} takes a whole number from 0, not "${text}".`);
      return overlap;
    }),
  },
  argument: {
    value: 'FILE',
    about: 'the text, in UTF-8; - for standard input',
    missing: 'Name one text file, or - for standard input.',
  },
  details: `Each line holds "piece" (from 1), "start" and "end" (bytes of the text), "tokens" and "overlap" (tokens of the piece and of what
it repeats, each encoded alone), and "text". No piece has more tokens than asked for when it is encoded alone, and none
begins or ends within a character as readers see it (a grapheme cluster).

  ${PROGRAM} split-text --tokenizer o200k --tokens 512 --overlap 32 book.txt`,
  async run({ tokenizer: names, encoding, tokens: size, overlap }, io, file) {
    if (overlap >= size)
      throw badArguments(`--overlap takes less than the ${size} of --tokens, not ${overlap}.`);
    const { tokenizer, notes } = await openTokenizerArgument(names, encoding);
    for (const note of notes) io.stderr(`${note}\n`);
    const text = decodeUtf8(await read(file, io));
    if (text.includes('\ufffd')) {
      io.stderr(
        'The text holds U+FFFD: what could not be read as UTF-8 counts as such, also in "start" and "end".\n',
      );
    }
    const bytes = encodeUtf8(text);
    const pieces = await splitText(bytes, tokenizer, { size, overlap });
    for (let i = 0; i < pieces.starts.length; i++) io.stdout(pieceLine(bytes, pieces, i));
    return 0;
  },
});

async function read(file: string, io: CliIo): Promise<Uint8Array> {
  if (file === '-') return await io.stdin();
  // npm runs the repository's scripts in the repository; a path means the folder that the user is in.
  const path = resolve((isPackage ? undefined : process.env['INIT_CWD']) ?? process.cwd(), file);
  try {
    return await readFile(path);
  } catch (cause) {
    throw badArguments(`"${path}" cannot be read: ${cause instanceof Error ? cause.message : cause}`);
  }
}
