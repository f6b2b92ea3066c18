import { defineCommand } from './command';
import { cropOption } from './crop-argument';
import { halfOption, MODEL_HELP, modelOption, openModelArgument } from './model-argument';

/** A picture's tokens as one JSON line, all K of them. */
export const command = defineCommand({
  name: 'encode-image',
  summary: 'A picture -> one JSON line {"model","ids"}.',
  options: { model: modelOption, half: halfOption, crop: cropOption },
  argument: { value: 'FILE', missing: 'Name one picture file.' },
  details: MODEL_HELP,
  async run(values, io, file) {
    const model = await openModelArgument(values.model, values.half);
    const { readPictureFile } = await import('./picture-file');
    const image = await readPictureFile(file, model.manifest.image, values.crop);
    const ids = await model.encode(image);
    io.stdout(`${JSON.stringify({ model: model.manifest.id, ids: Array.from(ids) })}\n`);
    return 0;
  },
});
