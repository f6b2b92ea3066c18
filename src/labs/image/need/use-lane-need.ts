import { useEffect, useState } from 'react';
import { isAborted, type TokenoscopeError } from '../../../core/errors';
import type { Need, NeedMethod } from '../../../core/image/need';
import { useSignal } from '../../../views/signal';
import { useLab, useLabState, useModel } from '../lab-context';
import type { Lane } from '../lane';
import { asProblem } from '../load';
import type { NeedQuestion } from './need-model';
import { measureOf } from './protocol';
import { methodFor, searchLane } from './search-lane';

/** A search of the picture on screen, as far as it is. */
export interface LaneNeed {
  readonly phase: 'searching' | 'found' | 'stopped';
  readonly need: Need | null;
  /** Measured prefixes, by k. */
  readonly points: ReadonlyMap<number, number>;
  readonly problem: TokenoscopeError | null;
  readonly method: NeedMethod;
}

const NONE: LaneNeed = {
  phase: 'stopped',
  need: null,
  points: new Map(),
  problem: null,
  method: 'bisection',
};
/** Points arrive in bursts; they are shown this often. */
const UPDATE_MS = 150;

/** Searches whenever the picture, the model, its way of drawing or the question changes; the latest wins. */
export function useLaneNeed(lane: Lane, { measure, better, value }: NeedQuestion) {
  const { distanceTools } = useLab();
  const model = useModel(lane);
  const picture = useSignal(lane.opened);
  const steps = useLabState((state) => state.steps);
  const seed = useLabState((state) => state.seed);
  const guidance = useLabState((state) => state.guidance);
  const [state, setState] = useState(NONE);
  const [asked, setAsked] = useState<{ readonly method?: NeedMethod; readonly stop?: boolean }>({});
  const isMeasurable = picture?.original != null && picture.model === model?.id;
  const ordered = model?.tokens.ordered ?? true;
  const method = asked.method ?? methodFor(model?.decodeMflop, measureOf(measure).cost === 'dear');

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new picture, or another way of drawing, is another search
  useEffect(() => {
    if (!isMeasurable || asked.stop) return;
    const abort = new AbortController();
    const points = new Map<number, number>();
    let shown = performance.now();
    const show = (change: Partial<LaneNeed>) => {
      if (abort.signal.aborted) return;
      shown = performance.now();
      setState({ ...NONE, points: new Map(points), method, ...change });
    };
    show({ phase: 'searching' });
    searchLane({
      lane,
      ordered,
      question: { measure, better, value },
      method,
      tools: distanceTools,
      signal: abort.signal,
      onPoint: (k, quality) => {
        points.set(k, quality);
        if (performance.now() - shown > UPDATE_MS) show({ phase: 'searching' });
      },
    }).then(
      (need) => show({ phase: 'found', need }),
      (error: unknown) => show({ phase: 'stopped', problem: isAborted(error) ? null : asProblem(error) }),
    );
    return () => abort.abort();
  }, [
    lane,
    picture,
    isMeasurable,
    ordered,
    method,
    measure,
    better,
    value,
    asked,
    steps,
    seed,
    guidance,
    distanceTools,
  ]);

  return {
    /** Null where there is nothing to measure against. */
    found: isMeasurable ? state : null,
    cancel() {
      setAsked((before) => ({ ...before, stop: true }));
      setState((before) => ({ ...before, phase: 'stopped' }));
    },
    search: (how?: NeedMethod) => setAsked(how ? { method: how } : {}),
  };
}
