import { tokenPieces } from '../../core/text/display';
import { cx } from '../../ui/cx';
import plot from '../plot/legend.module.css';
import styles from './DraftTree.module.css';
import type { DraftFate, DraftNode } from './draft-tree';
import { layoutTree } from './layout';

export interface TreeNode extends DraftNode {
  /** Beside the token, small: how many drafts go through it, or how likely it was. */
  readonly mark?: string;
  /** Said by a tooltip. */
  readonly note?: string;
}

export interface DraftTreeProps {
  /** What it shows, for screen readers, one sentence. */
  readonly label: string;
  readonly nodes: readonly TreeNode[];
  /** The tokens that the vocabulary has. */
  readonly vocabulary: readonly Uint8Array[];
  /** The end of the text so far. */
  readonly before: Uint8Array;
  /** The first so many are drawn, the others not yet; all by default. */
  readonly grown?: number;
}

/** Pixels. */
const CELL = 7.9;
const SMALL = 7.3;
const ROW = 25;
const BOX = 20;
const GAP = 18;
const BESIDE = 3;
/** Of siblings in a row. */
const MOST = 300;

/** Of the text so far. */
const BEFORE = 10;

const SIGNS: Readonly<Record<DraftFate, string>> = { accepted: '✓', rejected: '✗', unread: '', own: '+' };

const LEGEND: readonly { readonly fate: DraftFate; readonly says: string }[] = [
  { fate: 'accepted', says: 'accepted' },
  { fate: 'rejected', says: 'tried and refused' },
  { fate: 'unread', says: 'drafted, never looked at' },
  { fate: 'own', says: 'drawn by the target model itself' },
];

/** Drafts of a language model as a tree, from left to right, with what the target made of them. */
export function DraftTree({ label, nodes, vocabulary, before, grown = nodes.length }: DraftTreeProps) {
  const texts = nodes.map(({ id }) => visible(vocabulary[id]!));
  const start = `…${[...visible(before)].slice(-BEFORE).join('')}`;
  const rootWidth = [...start].length * CELL + 4;
  const widthOf = (at: number) => {
    const { mark, fate } = nodes[at]!;
    return [...SIGNS[fate], ...texts[at]!].length * CELL + 12 + (mark ? mark.length * SMALL + 4 : 0);
  };
  const { places, rows, width } = layoutTree(nodes, {
    root: rootWidth,
    gap: GAP,
    beside: BESIDE,
    most: MOST,
    widthOf,
  });
  const height = Math.max(1, rows) * ROW;
  const middle = (row: number) => row * ROW + ROW / 2;
  return (
    <figure className={styles.figure}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide tree is scrolled, with the keyboard too */}
      <section className={styles.scroll} tabIndex={0} aria-label="Tree of drafts">
        <svg width={width + 2} height={height} role="img" aria-label={label}>
          <text x={0} y={middle(0)} dy="0.34em" className={styles.before}>
            {start}
          </text>
          {nodes.slice(0, grown).map(({ parent, fate }, at) => {
            const { x, row, isBeside } = places[at]!;
            if (isBeside) return null;
            const from = places[parent];
            const left = from ? from.x + from.width : rootWidth;
            const y = middle(from?.row ?? 0);
            return (
              <path
                // biome-ignore lint/suspicious/noArrayIndexKey: nodes of one tree have no other identity
                key={at}
                className={cx(styles.edge, styles[fate])}
                d={`M${left} ${y}H${x - GAP / 2}V${middle(row)}H${x}`}
              />
            );
          })}
          {nodes.slice(0, grown).map(({ fate, mark, note }, at) => {
            const { x, row, width: wide } = places[at]!;
            const y = middle(row);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <g key={at} className={styles[fate]} transform={`translate(${x} ${y})`}>
                {note ? <title>{note}</title> : null}
                <rect
                  y={-BOX / 2}
                  width={wide}
                  height={BOX}
                  rx={fate === 'own' ? BOX / 2 : 3}
                  className={styles.box}
                />
                <text x={6} dy="0.34em" className={styles.name}>
                  {SIGNS[fate]}
                  <tspan className={styles.token}>{texts[at]}</tspan>
                </text>
                {mark ? (
                  <text x={wide - 5} dy="0.34em" className={styles.mark}>
                    {mark}
                  </text>
                ) : null}
              </g>
            );
          })}
        </svg>
      </section>
      <figcaption className={plot.legend}>
        {LEGEND.map(({ fate, says }) => (
          <span key={fate}>
            <svg width="26" height={BOX} className={styles[fate]} aria-hidden="true">
              <rect
                x={0.75}
                y={0.75}
                width={24.5}
                height={BOX - 1.5}
                rx={fate === 'own' ? BOX / 2 : 3}
                className={styles.box}
              />
              <text x={6} y={BOX / 2} dy="0.34em" className={styles.name}>
                {SIGNS[fate]}
                <tspan className={styles.token}>a</tspan>
              </text>
            </svg>
            {says}
          </span>
        ))}
        {places.some(({ isBeside }) => isBeside) ? (
          <span>no line between two: either the one or the other</span>
        ) : null}
      </figcaption>
    </figure>
  );
}

/** Bytes of a text, with white space made visible. */
function visible(bytes: Uint8Array): string {
  return tokenPieces(bytes, 0, bytes.length)
    .map((piece) =>
      piece.kind === 'text' ? piece.text : piece.kind === 'bytes' ? piece.hex.join(' ') : piece.symbol,
    )
    .join('');
}
