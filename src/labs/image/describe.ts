import { samples } from '../../catalog/pictures';
import { isCheckpointId } from '../../core/image/checkpoint-id';
import { isCodecId } from '../../core/image/codec-id';
import { CODEC_FILE_LIMIT } from '../../core/link/limits';
import { imageFacts } from '../../measures/image-facts';
import { formatBytes } from '../../ui/format';
import type { ImageExperiment } from './experiment';
import type { LabModels } from './models';

/** The experiment with only the lead's tokens: what a link holds where it cannot hold all of them. */
export function leadOnly(experiment: ImageExperiment): ImageExperiment {
  const { source, lanes } = experiment;
  const row = lanes[0]!.row;
  if (source?.kind !== 'tokens' || row === undefined) return experiment;
  return {
    ...experiment,
    lanes: lanes.map(({ row: of, file: _, ...lane }) => (of === row ? { ...lane, row: 0 } : lane)),
    source: { kind: 'tokens', rows: [source.rows[row]!] },
  };
}

/** What travels in a link, and what does not, in sentences. */
export function describeExperiment(
  experiment: ImageExperiment,
  models: Pick<LabModels, 'label'>,
  short: boolean,
): string[] {
  const { source, lanes, k } = short ? leadOnly(experiment) : experiment;
  const sentences: string[] = [];
  if (source?.kind === 'sample') {
    const name = samples.find(({ id }) => id === source.id)?.label ?? source.id;
    const part = source.crop ? 'A part of the' : 'The';
    sentences.push(`${part} sample picture “${name}” at k = ${k}.`);
  }
  if (source?.kind === 'tokens') {
    const { ids, bits } = source.rows[lanes[0]!.row ?? 0]!;
    sentences.push(
      `Your picture as its ${ids.length} tokens (${size(ids.length, bits)}), at k = ${k}. The original is not in it.`,
    );
  }
  if (experiment.edited) sentences.push('Its tokens as you edited them, and its own.');
  for (const { model, row, file } of lanes.slice(1)) {
    const label = models.label(model);
    if (source?.kind !== 'tokens') sentences.push(`${label} beside it.`);
    else if (file) sentences.push(`${label} beside it, as its file of ${formatBytes(file.length)}.`);
    else if (isCodecId(model))
      sentences.push(
        `${label} beside it, but not its file: only those up to ${formatBytes(CODEC_FILE_LIMIT)} fit.`,
      );
    else if (row === lanes[0]!.row) sentences.push(`${label} beside it, which draws the same tokens.`);
    else if (row === undefined) sentences.push(`${label} beside it, but not its tokens of your picture.`);
    else {
      const { ids, bits } = source.rows[row]!;
      sentences.push(`${label} beside it, with its own ${ids.length} tokens (${size(ids.length, bits)}).`);
    }
  }
  if (experiment.metricOfFigures !== undefined && !short)
    sentences.push(
      `What you measured of each (${measureLabel(experiment.metricOfFigures)}), as the sender’s.`,
    );
  const checkpoints = lanes.map(({ model }) => model).filter(isCheckpointId);
  if (checkpoints.length > 0) {
    const names = checkpoints.map((id) => models.label(id)).join(' and ');
    sentences.push(`The name of ${names}: whoever opens the link needs the weights as well.`);
  }
  return sentences;
}

function measureLabel(id: string): string {
  return imageFacts.find((one) => one.id === id)?.label ?? id;
}

function size(count: number, bits: number): string {
  return formatBytes(Math.ceil((count * bits) / 8));
}
