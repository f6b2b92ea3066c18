import type { ReactNode } from 'react';
import type { LogScale } from './log-scale';
import styles from './ScaleSlider.module.css';
import { Slider, type SliderProps } from './Slider';

export interface ScaleSliderProps extends Omit<SliderProps, 'min' | 'max' | 'marks' | 'scale' | 'className'> {
  readonly scale: LogScale;
  /** What stands at a mark. */
  readonly nameOf: (mark: number) => string;
  /** Whether a mark goes without its name where there is little room. */
  readonly isMinor?: (mark: number, at: number) => boolean;
  /** The track. */
  readonly children: ReactNode;
}

/**
 * A slider under a logarithmic scale. What is to stand under the scale as well takes the same room at its sides, which
 * is `--scale-inset`.
 */
export function ScaleSlider({ scale, nameOf, isMinor, children, ...slider }: ScaleSliderProps) {
  return (
    <div className={styles.control}>
      <div className={styles.scale} aria-hidden="true">
        {scale.marks.map((mark, i) => (
          <span
            key={mark}
            className={styles.tick}
            data-minor={isMinor?.(mark, i) || undefined}
            style={{ left: `${scale.shareOf(mark) * 100}%` }}
          >
            {nameOf(mark)}
          </span>
        ))}
      </div>
      <Slider
        {...slider}
        min={scale.min}
        max={scale.max}
        marks={scale.marks}
        scale={scale}
        className={styles.slider}
      >
        {children}
      </Slider>
    </div>
  );
}
