import type { Segmentation } from '../../engine/text/text.api';
import { formatBytes, formatInteger } from '../../ui/format';

/** What a tokenizer has lost of a text, in words: "[UNK] 3 of 14, 88 bytes lost"; empty where nothing is. */
export function lossText({ loss, tokens }: Segmentation): string {
  if (!loss) return '';
  const bytes =
    loss.bytes < 1000 ? `${loss.bytes} ${loss.bytes === 1 ? 'byte' : 'bytes'}` : formatBytes(loss.bytes);
  if (loss.tokens === 0) return `${bytes} lost`;
  return `${loss.unknown} ${formatInteger(loss.tokens)} of ${formatInteger(tokens.ids.length)}, ${bytes} lost`;
}
