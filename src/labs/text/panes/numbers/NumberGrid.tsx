import { assignHues } from '../../../../core/hues';
import { formatSignificant } from '../../../../ui/format';
import study from '../../study.module.css';
import { type CutNumber, figuresOf, type Grouping } from './groups';
import styles from './Numbers.module.css';

const WORDS: Readonly<Record<Grouping, string>> = {
  one: 'one token',
  both: 'both ways',
  right: 'from the right',
  left: 'from the left',
  neither: 'neither',
};

export interface NumberGridProps {
  /** The tokenizer. */
  readonly label: string;
  readonly cuts: readonly CutNumber[];
  /** Ids of the tokens of each number, for their colours. */
  readonly ids: readonly Uint32Array[];
}

/** Numbers below each other, lined up at the units digit, with the tokens that they are cut into. */
export function NumberGrid({ label, cuts, ids }: NumberGridProps) {
  const { digitsPerToken, divided, aligned } = figuresOf(cuts);
  const before = Math.max(...cuts.map((cut) => cut.before));
  const after = Math.max(...cuts.map((cut) => [...cut.number].length - cut.before));
  return (
    <section className={styles.grid} aria-label={label}>
      <h2 className={styles.name}>{label}</h2>
      <p className={styles.figures}>
        {digitsPerToken === undefined ? null : (
          <>
            <strong>{formatSignificant(digitsPerToken)}</strong> digits a token
          </>
        )}
        {divided === 0 ? null : (
          <>
            {' · '}
            <strong>
              {aligned} of {divided}
            </strong>{' '}
            divided numbers grouped from the right ({Math.round((100 * aligned) / divided)} %)
          </>
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={study.scroll} aria-label={`Numbers of ${label}`} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.head}>
                Tokens
              </th>
              <th scope="col" className={styles.head}>
                Grouped
              </th>
              <th scope="col" className={styles.head}>
                Number
              </th>
            </tr>
          </thead>
          <tbody>
            {cuts.map((cut, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a number may be typed twice, and none moves
              <tr key={i}>
                <td className={styles.count}>{cut.pieces.length}</td>
                <td className={styles.grouping} data-grouping={cut.grouping}>
                  {cut.grouping ? WORDS[cut.grouping] : ''}
                </td>
                <th
                  scope="row"
                  className={styles.number}
                  style={{ '--before': before, '--after': after } as React.CSSProperties}
                  aria-label={`${cut.number}, cut as ${cut.pieces.map(({ text }) => text).join(' ')}`}
                >
                  <span className={styles.digits} style={{ paddingLeft: `${before - cut.before}ch` }}>
                    <Pieces cut={cut} hues={assignHues(ids[i]!)} />
                  </span>
                </th>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Pieces({ cut, hues }: { readonly cut: CutNumber; readonly hues: Uint8Array }) {
  return cut.pieces.map(({ text, token }, i) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one number never move
      key={i}
      className={styles.piece}
      style={{ background: token < 0 ? 'none' : `var(--token-${hues[token]})` }}
    >
      {text}
    </span>
  ));
}
