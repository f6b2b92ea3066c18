import { isCheckpointId } from '../core/image/checkpoint-id';
import { modelLabel } from '../labs/image/models';
import { formatBytes } from '../ui/format';
import { currentExperiment, currentUrl } from './link-sync';
import type { LinkInfo } from './share/ShareButton';

/** The current link and, in sentences, what travels in it. */
export function describeLink(): LinkInfo {
  const { image, text } = currentExperiment();
  const contents: string[] = [];
  if (image.source?.kind === 'sample')
    contents.push(`The sample picture “${image.source.id}” at k = ${image.k}.`);
  if (image.source?.kind === 'tokens') {
    const { ids, bits } = image.source;
    const size = formatBytes(Math.ceil((ids.length * bits) / 8));
    contents.push(
      `Your picture as its ${ids.length} tokens (${size}), at k = ${image.k}. The original is not in it.`,
    );
  }
  const checkpoints = [image.model, image.second ?? ''].filter(isCheckpointId).map(modelLabel);
  if (checkpoints.length > 0) {
    contents.push(
      `The name of ${checkpoints.join(' and ')}: whoever opens the link needs the weights as well.`,
    );
  }
  const columns = `${text.tokenizers.length} ${text.tokenizers.length === 1 ? 'tokenizer' : 'tokenizers'}`;
  contents.push(
    text.text.kind === 'inline'
      ? `The text, and ${columns} beside it.`
      : `${columns}. The text (${formatBytes(text.text.bytes)}) is too long for a link and stays here.`,
  );
  const files = Object.values(text.fileNames ?? {});
  if (files.length > 0) {
    contents.push(
      `The name and the sha256 of ${files.join(' and ')}, not the ${files.length === 1 ? 'file' : 'files'}: whoever opens the link needs ${files.length === 1 ? 'it' : 'them'}.`,
    );
  }
  return { url: currentUrl(), contents };
}
