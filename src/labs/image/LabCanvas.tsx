import { useMemo } from 'react';
import { formatBytes } from '../../ui/format';
import { type Drawn, PictureCanvas } from '../../views/picture/PictureCanvas';
import { difference } from '../../views/picture/paint';
import { useLabState } from './lab-context';
import type { Lane } from './lane';
import { describeSampling } from './sampling';

export interface LabCanvasProps {
  readonly lane: Lane;
  readonly show: 'original' | 'reconstruction' | 'difference';
  readonly className?: string | undefined;
}

/** A lane's picture, which follows the slider by itself. */
export function LabCanvas({ lane, show, className }: LabCanvasProps) {
  const smooth = useLabState((state) => state.smooth);
  const { sources, picture } = useMemo(
    () => ({
      sources: show === 'original' ? [lane.opened] : [lane.opened, lane.shown],
      picture: () => drawnOf(lane, show),
    }),
    [lane, show],
  );
  return <PictureCanvas sources={sources} picture={picture} smooth={smooth} className={className} />;
}

function drawnOf(lane: Lane, show: LabCanvasProps['show']): Drawn | null {
  const picture = lane.opened.get();
  const name = picture?.label ?? 'nothing';
  const original = picture?.original ?? null;
  if (show === 'original') {
    const { width = 0, height = 0 } = picture ?? {};
    return original && { width, height, rgba: original, label: `Original: ${name}` };
  }
  const frame = lane.shown.get();
  if (!frame) return null;
  const isDifference = show === 'difference' && original !== null;
  const what = isDifference ? 'Difference from the original' : 'Reconstruction';
  const amount = frame.file
    ? `a file of ${formatBytes(frame.k)}`
    : `${frame.k} of ${picture?.ids.length} tokens`;
  const drawn = frame.sampling ? `, ${describeSampling(frame.sampling)}` : '';
  return {
    width: frame.width,
    height: frame.height,
    rgba: isDifference ? difference(original, frame.rgba) : frame.rgba,
    label: `${what}: ${name}, from ${amount}${drawn}`,
    k: frame.k,
  };
}
