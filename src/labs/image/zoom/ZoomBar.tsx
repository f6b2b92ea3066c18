import { useEffect, useRef, useState } from 'react';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import { useMaybeSignal, useSignal } from '../../../views/signal';
import { useLab, useLabState } from '../lab-context';
import { followKeys, followPointers } from './gestures';
import { describeViewport, FIT, scalesFor } from './viewport';
import styles from './ZoomBar.module.css';
import { Zooming } from './zooming';

/** Buttons for zoom, loupe and pixels; while they are on the page, the pictures zoom by wheel, pinch, drag and keys, too. */
export function ZoomBar() {
  const lab = useLab();
  const stage = useSignal(lab.stage);
  const bar = useRef<HTMLDivElement>(null);
  const [zooming, setZooming] = useState<Zooming>();
  useEffect(() => {
    if (!stage) return;
    const mine = new Zooming(stage, lab.loupe, () => lab.session.lead.opened.get()?.width ?? 128);
    const stops = [followPointers(stage, mine), followKeys(stage, () => bar.current, mine)];
    const observer = new ResizeObserver(() => mine.refresh());
    observer.observe(stage);
    setZooming(mine);
    return () => {
      observer.disconnect();
      mine.fit();
      for (const stop of stops) stop();
    };
  }, [stage, lab]);
  const viewport = useMaybeSignal(zooming?.viewport) ?? FIT;
  const loupe = useSignal(lab.loupe);
  const smooth = useLabState((state) => state.smooth);
  if (!zooming) return null;
  const { scale } = viewport;
  return (
    <div ref={bar} className={styles.bar} role="toolbar" aria-label="Zoom">
      <Button
        size="sm"
        variant="quiet"
        aria-label="Zoom out"
        title="Zoom out (Shift Z)"
        disabled={scale === null}
        onClick={() => zooming.zoom(-1)}
      >
        −
      </Button>
      <Button
        size="sm"
        variant="quiet"
        className={styles.scale}
        title="Show the whole picture"
        aria-label={scale === null ? 'The whole picture is shown' : `${scale} times; show the whole picture`}
        onClick={() => zooming.fit()}
      >
        {scale === null ? 'Fit' : `${scale}×`}
      </Button>
      <Button
        size="sm"
        variant="quiet"
        aria-label="Zoom in"
        title="Zoom in (Z, a double click, or Ctrl and the wheel)"
        disabled={scale !== null && scale >= scalesFor(zooming.sizes).at(-1)!}
        onClick={() => zooming.zoom(1)}
      >
        +
      </Button>
      <Button
        size="sm"
        variant="quiet"
        pressed={loupe}
        icon={<Icon name="search" size={14} />}
        aria-label="Loupe"
        title="Enlarge what is under the pointer in all pictures (hold L; arrow keys move it)"
        onClick={() => zooming.toggleLoupe()}
      />
      <Button
        size="sm"
        variant="quiet"
        pressed={!smooth}
        title="Show the pictures' own pixels as squares"
        onClick={() => lab.store.setState({ smooth: !smooth })}
      >
        Pixels
      </Button>
      <span className="visually-hidden" role="status">
        {scale === null ? '' : `${describeViewport(viewport)} Arrow keys move it.`}
        {loupe ? 'The loupe is on. Arrow keys move it.' : ''}
      </span>
    </div>
  );
}
