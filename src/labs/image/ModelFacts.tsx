import { formatBytes } from '../../ui/format';
import { useModel } from './lab-context';
import type { Lane } from './lane';
import type { LabModel } from './models';

/** What the chosen model is, in one line. */
export function ModelFacts({ lane }: { readonly lane: Lane }) {
  const model = useModel(lane);
  return model ? <span title={model.summary}>{sizes(model)}</span> : null;
}

/** How many tokens, of how many bits, and the download. */
export function sizes({ tokens, bytes }: Pick<LabModel, 'tokens' | 'bytes'>): string {
  return `${tokens.count} × ${tokens.bits} bits, ${formatBytes(bytes)}`;
}
