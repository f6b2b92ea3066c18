import { TokenoscopeError } from '../core/errors';
import { decodeUtf8 } from '../core/text/utf8';
import { defineCommand } from './command';
import { parseIds } from './ids';
import { PROGRAM } from './program';
import { encodingOption, openTokenizerArgument, tokenizerOption } from './tokenizer-argument';

/** Writes what the ids on standard input stand for, byte by byte. */
export const command = defineCommand({
  name: 'decode-text',
  summary: 'Ids on standard input (JSON, or numbers between spaces or commas) -> the bytes they stand for.',
  options: { tokenizer: tokenizerOption, encoding: encodingOption },
  details: `  echo '{"ids":[13225,11,2375,0]}' | ${PROGRAM} decode-text --tokenizer o200k`,
  async run(values, io) {
    const { tokenizer, notes } = await openTokenizerArgument(values.tokenizer, values.encoding);
    for (const note of notes) io.stderr(`${note}\n`);
    const ids = parseIds(decodeUtf8(await io.stdin()), 'Standard input');
    let bytes: Uint8Array;
    try {
      bytes = tokenizer.decode(ids);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new TokenoscopeError(
        'bad-arguments',
        error.message,
        `Ids of this tokenizer are below ${tokenizer.vocabularySize}.`,
      );
    }
    if (io.stdoutBytes) io.stdoutBytes(bytes);
    else io.stdout(decodeUtf8(bytes));
    return 0;
  },
});
