import type { FrameFile } from '../../../engine/image/image.api';
import { formatBytes } from '../../../ui/format';
import type { OpenCodec } from '../source';

/** Why a codec's file is not of the size that was asked for; undefined where it is as near as it may be. */
export function fileNote(
  { facts, linked }: Pick<OpenCodec, 'facts' | 'linked'>,
  { bytes, asked, isSmallest }: FrameFile,
): string | undefined {
  const size = formatBytes(bytes.length);
  if (linked) return `The file that came in this link, ${size}, at every position.`;
  if (facts.sizes === 'one') return `${facts.label} always takes ${size} here.`;
  return isSmallest && bytes.length > asked ? `${facts.label} cannot go below ${size} here.` : undefined;
}
