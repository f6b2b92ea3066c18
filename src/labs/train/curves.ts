import type { CutCurve } from '../../core/text/vocabulary-cut';
import type { CurvePoint } from '../../tokenizers/train/steps';
import type { CurveLine, NamedCurve } from '../../views/vocabulary/CutPlot';
import type { Result, TrainState } from './state';

/** Curves that are drawn beside the first one. */
const OTHERS = 3;

/** The curves of one corpus: the one that runs or is shown is solid, the newest others are dashed. */
export function curvesOf(
  { job, results, shown }: Pick<TrainState, 'job' | 'results' | 'shown'>,
  least: number,
): readonly NamedCurve[] {
  const chosen = results.find(({ id }) => id === shown);
  const key = job?.corpusKey ?? chosen?.corpusKey;
  const named = (
    id: string,
    label: string,
    { points, live }: { readonly points: readonly CurvePoint[]; readonly live: number | undefined },
    line: CurveLine,
  ) => {
    const curve = curveOf(points, least);
    return curve && live !== undefined ? [{ id, label, line, curve, live }] : [];
  };
  const ofResult = ({ trained }: Result) => ({ points: trained.curve, live: trained.tokens });
  const others = results
    .filter((result) => result.corpusKey === key && (job !== null || result !== chosen))
    .slice(0, OTHERS);
  return [
    ...(job ? named('job', 'Training', { points: job.points, live: job.points.at(-1)?.tokens }, 0) : []),
    ...(!job && chosen ? named(String(chosen.id), chosen.name, ofResult(chosen), 0) : []),
    ...others.flatMap((result, i) =>
      named(String(result.id), result.name, ofResult(result), (i + 1) as CurveLine),
    ),
  ];
}

/** How a result is drawn; undefined where it is not, because it is of another corpus or one too many. */
export function lineOf(curves: readonly NamedCurve[], { id }: Result): CurveLine | undefined {
  return curves.find((curve) => curve.id === String(id))?.line;
}

/** By size: Unigram's vocabulary shrinks while it is learned. */
function curveOf(points: readonly CurvePoint[], least: number): CutCurve | undefined {
  const drawn = points
    .filter(({ vocabulary }) => vocabulary >= least)
    .sort((a, b) => a.vocabulary - b.vocabulary);
  const sizes = drawn.map(({ vocabulary }) => vocabulary);
  if (sizes.length === 0) return undefined;
  return {
    sizes,
    counts: drawn.map(({ tokens }) => tokens),
    smallest: Math.min(...sizes),
    largest: Math.max(...sizes),
    by: 'merges',
  };
}
