import { bytesOf, type OfficialCheckpoint, runnableSeries } from '../../../../catalog/checkpoints';
import { isAborted } from '../../../../core/errors';
import { type CheckpointPlan, downloadBytes } from '../../../../engine/weights/plan';
import { parseSource } from '../../../../engine/weights/source';
import { listFamilies } from '../../../../engine/weights/weights.client';
import { formatBytes } from '../../../../ui/format';
import type { ImageLab } from '../../image-lab';
import { asProblem } from '../../load';
import { keep, look, misfit, rest } from '../actions';
import { set, stateOf } from '../adding';

/** A repository that holds this much more than was said is not downloaded before that is known. */
const MORE = 1.1;

/** Finds out which official checkpoints run here, once. */
export async function prepareCatalogue(lab: ImageLab): Promise<void> {
  if (stateOf(lab).catalogue) return;
  try {
    set(lab, { catalogue: runnableSeries(await listFamilies()) });
  } catch (error) {
    set(lab, { catalogue: [], problem: isAborted(error) ? null : asProblem(error) });
  }
}

/** Measures what this machine computes a second. Estimates fall back on a usual one's where that fails. */
export async function measureHere(lab: ImageLab, signal: AbortSignal): Promise<void> {
  const backend = lab.host.settings.getState().report?.backend ?? 'wasm';
  await lab.engine.pace(backend, signal).then(
    (pace) => set(lab, { pace }),
    () => {},
  );
}

/**
 * Downloads an official checkpoint: its repository is asked first which files it really holds. It stops there, and says
 * why, where that is more than was said, or more than this device has room for.
 * @param text what a link calls it, with its commit; the newest where it is not given
 */
export async function getOfficial(
  lab: ImageLab,
  checkpoint: OfficialCheckpoint,
  text?: string,
): Promise<void> {
  const { label, source } = checkpoint;
  if (source.kind !== 'hub') return;
  const { hub } = lab.host.settings.getState();
  lab.store.setState({ keeps: true });
  await look(lab, () => parseSource(text ?? source.repository, hub), label);
  const { phase, plan, device, official, problem } = stateOf(lab);
  const isFound = phase === 'found' && official === label && plan !== null;
  const surprise = isFound ? surpriseOf(checkpoint, plan) : null;
  if (surprise) set(lab, { surprise });
  else if (isFound && !misfit(lab, plan, device)) return await keep(lab);
  rest(lab, !isFound && problem === null);
}

/** What a repository holds beyond what the catalogue says of it; null where it holds no more. */
function surpriseOf(checkpoint: OfficialCheckpoint, plan: CheckpointPlan): string | null {
  const bytes = downloadBytes(plan);
  return bytes <= MORE * bytesOf(checkpoint, 'full')
    ? null
    : `Its repository holds more than the weights that run here: ${formatBytes(bytes)} are to be downloaded, as training left them.`;
}
