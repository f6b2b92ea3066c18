import type { ReactNode, Ref, RefObject } from 'react';
import styles from './Plots.module.css';

/** A drawing as wide as its room. */
export function PlotFigure({
  head,
  label,
  box,
  width,
  height,
  drawing,
  below,
  children,
}: {
  readonly head: ReactNode;
  /** What it shows, in words. */
  readonly label: string;
  /** Its room, whose width `width` is. */
  readonly box: RefObject<HTMLDivElement | null>;
  readonly width: number;
  readonly height: number;
  /** For what saves it. */
  readonly drawing?: Ref<SVGSVGElement>;
  readonly below?: ReactNode;
  /** Parts of the drawing. */
  readonly children: ReactNode;
}) {
  return (
    <figure className={styles.plot}>
      {head}
      <div ref={box} style={{ height, overflowX: 'clip' }}>
        {width > 0 ? (
          <svg ref={drawing} width={width} height={height} role="img" aria-label={label}>
            {children}
          </svg>
        ) : null}
      </div>
      {below}
    </figure>
  );
}
