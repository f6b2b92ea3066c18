import sharp from 'sharp';
import { TokenoscopeError } from '../core/errors';
import { checkPrefix } from '../core/image/ids';
import { resolveSampling } from '../core/image/sampling';
import { badArguments, parseArguments, wholeNumber } from './arguments';
import { parseIds } from './ids';
import type { CliIo } from './io';
import { openModelArgument } from './model-argument';
import { parseSeed, parseSteps } from './sampling-argument';

const USAGE =
  'decode-image --model ID|FOLDER [--half] --k N [--steps N|distilled] [--seed S] --out FILE.png   (ids on standard input: JSON, or numbers between spaces or commas)';

/**
 * The command `decode-image`: writes the picture that the first k of the ids on standard input give. The ids
 * come as a JSON array, as `{"ids":[...]}` (what `encode-image` prints), or separated by spaces or commas.
 * @returns the exit code
 * @throws TokenoscopeError `bad-arguments` also where ids, k, steps or seed are out of range
 */
export async function decodeImageCommand(argv: string[], io: CliIo): Promise<number> {
  const { values } = parseArguments(
    {
      args: argv,
      options: {
        model: { type: 'string' },
        half: { type: 'boolean' },
        k: { type: 'string' },
        steps: { type: 'string' },
        seed: { type: 'string' },
        out: { type: 'string' },
      },
    } as const,
    USAGE,
  );
  const { out } = values;
  if (!out) throw badArguments('Name the file to write with --out.', USAGE);
  const k = wholeNumber(values.k, 1);
  if (k === undefined)
    throw badArguments('Give the number of tokens as --k, a whole number from 1 up.', USAGE);
  const sampling = { steps: parseSteps(values.steps, USAGE), seed: parseSeed(values.seed, USAGE) };
  const model = await openModelArgument(values.model, USAGE, values.half);
  const ids = parseIds(new TextDecoder().decode(await io.stdin()), 'Standard input', USAGE);
  const { label, tokens } = model.manifest;
  if (!tokens.ordered && k < tokens.count) {
    throw badArguments(`${label} needs all of its tokens: give --k ${tokens.count}.`, USAGE);
  }
  try {
    checkPrefix(model.manifest, ids, k);
    resolveSampling(model.manifest, sampling);
  } catch (error) {
    if (!(error instanceof TokenoscopeError)) throw error;
    throw badArguments(`${error.message} ${error.hint}`, USAGE);
  }
  const { width, height, data } = await model.decode(Uint32Array.from(ids), k, sampling);
  try {
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(out);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw badArguments(`"${out}" could not be written: ${detail}`, USAGE);
  }
  return 0;
}
