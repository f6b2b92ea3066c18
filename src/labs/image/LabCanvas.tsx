import { useMemo } from 'react';
import { type Drawn, PictureCanvas } from '../../views/picture/PictureCanvas';
import { Zoomed } from '../../views/picture/Zoomed';
import { useSignal } from '../../views/signal';
import { useLab, useLabState } from './lab-context';
import type { Lane } from './lane';
import { pictureAt } from './pair/pictures';

export interface LabCanvasProps {
  readonly lane: Lane;
  readonly show: 'original' | 'reconstruction';
}

/** A lane's picture, which follows the slider by itself. */
export function LabCanvas({ lane, show }: LabCanvasProps) {
  const smooth = useLabState((state) => state.smooth);
  const loupe = useSignal(useLab().loupe);
  const { sources, picture } = useMemo(
    () => ({
      sources: [lane.opened, lane.begun, ...(show === 'original' ? [] : [lane.shown])],
      picture: (): Drawn | null => pictureAt([lane], show === 'original' ? 0 : 1, [0, 1]),
    }),
    [lane, show],
  );
  return (
    <Zoomed loupe={loupe}>
      <PictureCanvas sources={sources} picture={picture} smooth={smooth} />
    </Zoomed>
  );
}
