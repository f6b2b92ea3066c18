import { useMemo } from 'react';
import { type Drawn, PictureCanvas } from '../../../views/picture/PictureCanvas';
import { Zoomed } from '../../../views/picture/Zoomed';
import { useSignal } from '../../../views/signal';
import type { Pair } from '../experiment';
import { useLab, useLabState } from '../lab-context';
import type { Lane } from '../lane';
import { differenceOf } from './difference';
import { pictureAt, sourcesOf } from './pictures';

export interface PairCanvasProps {
  readonly pair: Pair;
  /** One of the two, or how they differ. */
  readonly show: 'left' | 'right' | 'difference';
}

/** A picture of a pair, which follows the slider by itself. */
export function PairCanvas({ pair, show }: PairCanvasProps) {
  const lanes = useLabState((state) => state.lanes);
  const [left, right] = pair;
  const drawing = useMemo(() => {
    const both: Pair = [left, right];
    return { sources: sourcesOf(lanes, both), picture: () => drawn(lanes, both, show) };
  }, [lanes, left, right, show]);
  return <ZoomedCanvas {...drawing} />;
}

function drawn(lanes: readonly Lane[], pair: Pair, show: PairCanvasProps['show']): Drawn | null {
  if (show === 'difference') return differenceOf(lanes, pair);
  return pictureAt(lanes, pair[show === 'left' ? 0 : 1], pair);
}

/** A canvas that zooms with all others. */
export function ZoomedCanvas(props: Omit<Parameters<typeof PictureCanvas>[0], 'smooth' | 'className'>) {
  const smooth = useLabState((state) => state.smooth);
  const loupe = useSignal(useLab().loupe);
  return (
    <Zoomed loupe={loupe}>
      <PictureCanvas {...props} smooth={smooth} />
    </Zoomed>
  );
}
