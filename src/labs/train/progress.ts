import type { TrainProgress } from '../../engine/train/train.api';
import { formatBytes, formatInteger } from '../../ui/format';

/** What the run bar says while a training runs. */
export interface ProgressWords {
  readonly label: string;
  /** 0 to 1; undefined where nobody knows. */
  readonly share: number | undefined;
}

/** Progress in words. @param size the vocabulary that is wanted */
export function progressWords(progress: TrainProgress | null, size: number): ProgressWords {
  if (!progress) return { label: 'Starting', share: undefined };
  if (progress.stage === 'reading') {
    const { read, total } = progress;
    return {
      label: `Reading: ${formatBytes(read)} of ${formatBytes(total)}`,
      share: total > 0 ? Math.min(1, read / total) : undefined,
    };
  }
  const { phase, share, vocabulary } = progress;
  const percent = `${Math.floor(share * 100)} %`;
  const tokens = formatInteger(vocabulary);
  switch (phase) {
    case 'merging':
      return {
        label: `Merging: ${tokens} of ${formatInteger(size)} tokens`,
        share: Math.min(1, vocabulary / size),
      };
    case 'replaying':
      return { label: `Preparing to cross words: ${percent}`, share };
    case 'seeding':
      return { label: `Collecting frequent stretches: ${percent}`, share };
    case 'estimating':
      return { label: `Dropping: ${tokens} tokens left, ${formatInteger(size)} wanted`, share };
    case 'reading':
      return { label: `Reading sentences: ${percent}, ${tokens} chunks`, share };
  }
}
