import { badArguments, parseArguments } from './arguments';
import type { CliIo } from './io';
import { openModelArgument } from './model-argument';
import { readPictureFile } from './picture-file';

const USAGE = 'encode-image --model ID|FOLDER [--half] FILE';

/**
 * The command `encode-image`: a picture's tokens as one JSON line `{"model":"ID","ids":[...]}`, all K of them.
 * @returns the exit code
 * @throws TokenoscopeError `bad-arguments`, and what reading the model or the picture throws
 */
export async function encodeImageCommand(argv: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArguments(
    {
      args: argv,
      allowPositionals: true,
      options: { model: { type: 'string' }, half: { type: 'boolean' } },
    } as const,
    USAGE,
  );
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw badArguments('Name one picture file.', USAGE);
  const model = await openModelArgument(values.model, USAGE, values.half);
  const image = await readPictureFile(file, model.manifest.image);
  const ids = await model.encode(image);
  io.stdout(`${JSON.stringify({ model: model.manifest.id, ids: Array.from(ids) })}\n`);
  return 0;
}
