import { useRef } from 'react';
import { formatInteger } from '../../../../ui/format';
import { ExportMenu } from '../../../../views/export/ExportMenu';
import styles from './Vocabulary.module.css';

const WIDTH = 320;
const HEIGHT = 96;
/** The last bar holds this length and all above. */
const LAST = 24;

/** How many tokens have how many bytes, as bars. */
export function Lengths({ lengths, name }: { readonly lengths: Uint32Array; readonly name: string }) {
  const drawing = useRef<SVGSVGElement>(null);
  const bars = Array.from({ length: LAST }, (_, i) => lengths[i + 1] ?? 0);
  for (let i = LAST + 1; i < lengths.length; i++) bars[LAST - 1]! += lengths[i]!;
  const most = Math.max(1, ...bars);
  const step = WIDTH / LAST;
  const labels = bars.map(
    (count, i) => `${i + 1}${i === LAST - 1 ? ' or more' : ''}: ${formatInteger(count)}`,
  );
  const isLabelled = (i: number) => i === 0 || (i + 1) % 4 === 0;
  return (
    <figure className={styles.lengths}>
      <figcaption className={styles.heading}>
        <span>Tokens by bytes</span>
        <ExportMenu
          name={`${name}-lengths`}
          table={() => ({
            columns: ['bytes', 'tokens'],
            rows: Array.from(lengths, (count, bytes) => [bytes, count] as const).filter(
              ([, count]) => count > 0,
            ),
          })}
          drawing={() => drawing.current}
        />
      </figcaption>
      <svg
        ref={drawing}
        className={styles.plot}
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 18}`}
        role="img"
        aria-label={`Tokens by bytes. ${labels.join('; ')}`}
      >
        <text x={WIDTH} y={10} textAnchor="end" className={styles.axis}>
          {`most: ${formatInteger(most)}`}
        </text>
        {bars.map((count, i) => {
          const height = count === 0 ? 0 : Math.max(1, (count / most) * (HEIGHT - 14));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its length
            <g key={i}>
              <title>{`${labels[i]} tokens`}</title>
              <rect x={i * step} y={0} width={step} height={HEIGHT} className={styles.hit} />
              <rect
                x={i * step + 1}
                y={HEIGHT - height}
                width={step - 2}
                height={height}
                className={styles.bar}
              />
              {isLabelled(i) ? (
                <text x={(i + 0.5) * step} y={HEIGHT + 13} textAnchor="middle" className={styles.axis}>
                  {i === LAST - 1 ? `${LAST}+` : i + 1}
                </text>
              ) : null}
            </g>
          );
        })}
        <line x1={0} x2={WIDTH} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} className={styles.ground} />
      </svg>
    </figure>
  );
}
