import { useEffect, useState } from 'react';
import { isCheckpointId } from '../../../core/image/checkpoint-id';
import type { Sampling } from '../../../core/image/sampling';
import type { ImageLab } from '../image-lab';
import type { Lane } from '../lane';
import { EnergyWatch } from './energy-watch';
import { describeEffect, effectOf } from './token-effect';

/** Watches what the tokens of a lane's picture do, for as long as the caller is on screen; null where nothing can be said. */
export function useEnergyWatch(
  lab: ImageLab,
  lane: Lane,
  ids: Uint32Array | null,
  sampling: Sampling | undefined,
): EnergyWatch | null {
  const [watch, setWatch] = useState<EnergyWatch | null>(null);
  const steps = sampling?.steps;
  const seed = sampling?.seed;
  useEffect(() => {
    const picture = lane.opened.get();
    if (!ids || picture?.ids !== ids || isManySteps(steps)) return;
    const { model } = picture;
    const made = new EnergyWatch(lane, async (signal) => {
      // What a checkpoint makes of no token is not known to be a picture.
      if (isCheckpointId(model)) return undefined;
      const drawing = steps === undefined ? undefined : { steps, seed: seed ?? 0 };
      const job = { ids, k: 0, sampling: drawing };
      return (await lab.engine.decode(model, job, { signal, background: true })).rgba;
    });
    setWatch(made);
    const show = () => lab.energy.set(made.energies.get().scale);
    show();
    const stop = made.energies.subscribe(show);
    return () => {
      stop();
      made.dispose();
      setWatch(null);
      lab.energy.set(null);
    };
  }, [lab, lane, ids, steps, seed]);
  useEffect(() => (watch ? followEffect(lab, lane, watch) : undefined), [lab, lane, watch]);
  return watch;
}

/** Drawn in several steps from noise, the whole picture is another one for every prefix. */
export function isManySteps(steps: Sampling['steps'] | undefined): boolean {
  return steps !== undefined && steps !== 'distilled' && steps !== 1;
}

/** Keeps `lab.effect` at what the token does that is pointed at or held. Returns the way to stop. */
function followEffect(lab: ImageLab, lane: Lane, watch: EnergyWatch): () => void {
  const { inspected } = lab.session;
  let latest = 0;
  const follow = async () => {
    const mine = ++latest;
    const index = inspected.get() ?? lab.held.get();
    if (index === null) {
      lab.effect.set(null);
      return;
    }
    const effect = await effectOf(lane, watch, index);
    if (mine !== latest) return;
    const share = watch.energies.get().shares[index] ?? Number.NaN;
    lab.effect.set(effect ? { ...effect, text: describeEffect(effect.place, share) } : null);
  };
  const stops = [inspected, lab.held, watch.energies].map((source) => source.subscribe(() => void follow()));
  void follow();
  return () => {
    latest = -1;
    for (const stop of stops) stop();
    lab.effect.set(null);
  };
}
