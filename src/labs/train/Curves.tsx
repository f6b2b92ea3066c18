import { useMemo, useRef } from 'react';
import { SIZES } from '../../tokenizers/train/defaults';
import { useWidth } from '../../ui/use-width';
import { CutPlot } from '../../views/vocabulary/CutPlot';
import { sizeScale } from '../../views/vocabulary/size-scale';
import styles from './Curves.module.css';
import { useTrain } from './context';
import { curvesOf } from './curves';

/** Pixels of the plot, and of one that is narrow. */
const HEIGHT = 248;
const LOW = 176;

/** Tokens of the corpus against the size of the vocabulary: live while a training runs, and of what came out. */
export function Curves() {
  const job = useTrain((state) => state.job);
  const results = useTrain((state) => state.results);
  const shown = useTrain((state) => state.shown);
  const size = useTrain(({ draft }) => draft.size);
  const scale = useMemo(() => sizeScale(SIZES.least, SIZES.most), []);
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  const curves = curvesOf({ job, results, shown }, SIZES.least);
  const height = width < 480 ? LOW : HEIGHT;
  const chosen = results.find(({ id }) => id === shown);
  const at = job?.draft.size ?? chosen?.trained.vocabulary ?? size;
  return (
    <div ref={root} className={styles.curves} style={{ minHeight: height }}>
      {curves.length === 0 ? (
        <p className={styles.empty} style={{ height }}>
          The more tokens a vocabulary has, the fewer the text needs. The curve appears here as it is learned.
        </p>
      ) : width > 0 ? (
        <CutPlot width={width} height={height} scale={scale} size={at} curves={curves} />
      ) : null}
    </div>
  );
}
