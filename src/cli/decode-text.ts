import { TokenoscopeError } from '../core/errors';
import { decodeUtf8 } from '../core/text/utf8';
import { parseArguments } from './arguments';
import { parseIds } from './ids';
import type { CliIo } from './io';
import { openTokenizerArgument } from './tokenizer-argument';

const USAGE =
  'decode-text --tokenizer ID|FILE|FOLDER   (ids on standard input: JSON, or numbers between spaces or commas)';

/**
 * The command `decode-text`: writes what the ids on standard input stand for, byte by byte.
 * @returns the exit code
 * @throws TokenoscopeError `bad-arguments`, also where an id is no token's; or what is wrong with the tokenizer
 */
export async function decodeTextCommand(argv: string[], io: CliIo): Promise<number> {
  const { values } = parseArguments(
    {
      args: argv,
      allowPositionals: false,
      options: { tokenizer: { type: 'string', multiple: true } },
    } as const,
    USAGE,
  );
  const { tokenizer, notes } = await openTokenizerArgument(values.tokenizer, USAGE);
  for (const note of notes) io.stderr(`${note}\n`);
  const ids = parseIds(decodeUtf8(await io.stdin()), 'Standard input', USAGE);
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
}
