import { mergeTree } from '../../core/text/merge-tree';
import type { NamedToken, OwnMerge } from '../../core/text/token-explanation';
import { cx } from '../../ui/cx';
import { formatInteger } from '../../ui/format';
import styles from './MergeTree.module.css';

/** Boxes in a row; a token of more symbols is drawn with some parts folded. */
const MOST_BOXES = 24;

/** Pixels. */
const CELL = 7.9;
const BOX = 22;
const GAP = 4;
const LEVEL = 54;
const EDGE = 2;

export interface MergeTreeProps {
  readonly symbols: readonly NamedToken[];
  readonly merges: readonly OwnMerge[];
}

/** How byte-pair encoding made a token: its symbols at the bottom, each merge with its rank, the token on top. */
export function MergeTree({ symbols, merges }: MergeTreeProps) {
  const { nodes, width, levels } = mergeTree(symbols, merges, boxWidth, MOST_BOXES);
  const root = nodes.at(-1)!;
  const top = (level: number) => EDGE + (levels - level) * LEVEL;
  // A name of bytes may be wider than what it is made of.
  const left = Math.min(0, ...nodes.map((node) => node.x - node.width / 2));
  const right = Math.max(width, ...nodes.map((node) => node.x + node.width / 2));
  const height = levels * LEVEL + BOX + 2 * EDGE;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide tree is scrolled, with the keyboard too */}
      <figure className={styles.tree} tabIndex={0} aria-label="Tree of merges">
        <svg
          width={right - left}
          height={height}
          viewBox={`${left} 0 ${right - left} ${height}`}
          role="img"
          aria-label={`${visible(root.name)}, made of ${symbols.length} symbols by ${merges.length} merges`}
        >
          {nodes.map((node, i) => {
            if (!node.halves) return null;
            const bar = top(node.level) + BOX + 23;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a tree is drawn once
              <g key={i}>
                <path d={`M${node.x} ${top(node.level) + BOX}V${bar}`} className={styles.line} />
                {node.halves.map((half) => (
                  <path
                    key={half}
                    d={`M${node.x} ${bar}H${nodes[half]!.x}V${top(nodes[half]!.level)}`}
                    className={styles.line}
                  />
                ))}
                <Rank x={node.x} y={top(node.level) + BOX + 5} rank={node.rank ?? 0} />
              </g>
            );
          })}
          {nodes.map((node, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <g key={i} className={cx(node === root && styles.root, node.isFolded && styles.folded)}>
              <rect
                x={node.x - node.width / 2 + GAP / 2}
                y={top(node.level)}
                width={node.width - GAP}
                height={BOX}
                rx={3}
                className={styles.box}
              />
              <text x={node.x} y={top(node.level) + 15} className={styles.name}>
                {visible(node.name)}
              </text>
            </g>
          ))}
        </svg>
      </figure>
      {nodes.some(({ isFolded }) => isFolded) ? (
        <p className={styles.note}>
          A token of {formatInteger(symbols.length)} symbols: parts with a dashed frame were merged before and
          are not opened here.
        </p>
      ) : null}
    </>
  );
}

/** Over the line, which it interrupts. */
function Rank({ x, y, rank }: { readonly x: number; readonly y: number; readonly rank: number }) {
  const label = formatInteger(rank);
  const width = label.length * 7.3 + 4;
  return (
    <>
      <rect x={x - width / 2} y={y} width={width} height={13} className={styles.gap} />
      <text x={x} y={y + 10} className={styles.rank}>
        {label}
      </text>
    </>
  );
}

function boxWidth(name: string): number {
  return Math.max(26, [...name].length * CELL + 10) + GAP;
}

/** Spaces as dots, as everywhere where white space is shown. */
function visible(name: string): string {
  return name.replaceAll(' ', '·');
}
