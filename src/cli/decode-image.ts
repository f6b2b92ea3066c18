import { TokenoscopeError } from '../core/errors';
import { checkPrefix } from '../core/image/ids';
import { resolveSampling } from '../core/image/sampling';
import { badArguments, defineCommand, required, wholeNumber } from './command';
import { parseIds } from './ids';
import { halfOption, MODEL_HELP, modelOption, openModelArgument } from './model-argument';
import { guidanceOption, seedOption, stepsOption } from './sampling-argument';

const NO_K = 'Give the number of tokens as --k, a whole number from 1 up.';

/**
 * Writes the picture that the first k of the ids on standard input give. The ids come as a JSON array, as
 * `{"ids":[...]}` (what `encode-image` prints), or separated by spaces or commas.
 */
export const command = defineCommand({
  name: 'decode-image',
  summary: 'Ids on standard input -> the picture that the first N of them give.',
  options: {
    model: modelOption,
    half: halfOption,
    k: required('N', 'how many of the ids are used', NO_K, (text) => {
      const k = wholeNumber(text, 1);
      if (k === undefined) throw badArguments(NO_K);
      return k;
    }),
    steps: stepsOption,
    seed: seedOption,
    guidance: guidanceOption,
    out: required('FILE.png', 'the file to write', 'Name the file to write with --out.'),
  },
  details: `${MODEL_HELP}

  Ids on standard input: JSON, or numbers between spaces or commas.`,
  async run({ model: name, half, k, out, ...sampling }, io) {
    const model = await openModelArgument(name, half);
    const ids = parseIds(new TextDecoder().decode(await io.stdin()), 'Standard input');
    const { label, tokens } = model.manifest;
    if (!tokens.ordered && k < tokens.count) {
      throw badArguments(`${label} needs all of its tokens: give --k ${tokens.count}.`);
    }
    try {
      checkPrefix(model.manifest, ids, k);
      resolveSampling(model.manifest, sampling);
    } catch (error) {
      if (!(error instanceof TokenoscopeError)) throw error;
      throw badArguments(`${error.message} ${error.hint}`);
    }
    const { default: sharp } = await import('sharp');
    const { width, height, data } = await model.decode(Uint32Array.from(ids), k, sampling);
    try {
      await sharp(data, { raw: { width, height, channels: 3 } })
        .png()
        .toFile(out);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw badArguments(`"${out}" could not be written: ${detail}`);
    }
    return 0;
  },
});
