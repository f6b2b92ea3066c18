import { cx } from '../../../../ui/cx';
import { formatInteger } from '../../../../ui/format';
import study from '../../study.module.css';
import { heat, premiumText } from './heat';
import styles from './Languages.module.css';
import type { Group } from './parallel';

export interface FiguresProps {
  readonly groups: readonly Group[];
  /** What the tokenizers are called. */
  readonly labels: readonly string[];
  /** The chosen tokenizer. */
  readonly at: number;
  readonly figure: 'premium' | 'tokens';
  readonly reference: string;
}

/** Languages by tokenizers: each cell says its figure, and its colour the premium. */
export function HeatMap({
  groups,
  labels,
  at,
  figure,
  reference,
  onChoose,
}: FiguresProps & { readonly onChoose: (tokenizer: number) => void }) {
  return (
    <>
      <Scale reference={reference} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={study.scroll} aria-label="Heat map" tabIndex={0}>
        <table className={styles.map}>
          <thead>
            <tr>
              <th scope="col" className={styles.head}>
                Language
              </th>
              {labels.map((label, i) => (
                <th
                  key={label}
                  scope="col"
                  className={cx(styles.head, styles.headNumber)}
                  aria-sort={i === at ? 'ascending' : undefined}
                >
                  <button type="button" className={study.sort} onClick={() => onChoose(i)}>
                    {label}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(({ name, languages, namesScripts }) => (
            <tbody key={name ?? ''}>
              {name === undefined ? null : (
                <tr>
                  <th scope="rowgroup" className={styles.group} colSpan={labels.length + 1}>
                    {name}
                  </th>
                </tr>
              )}
              {languages.map(({ row, tokens, premiums }) => (
                <tr key={row.key}>
                  <th scope="row" className={styles.name}>
                    <span>{row.name}</span>
                    {row.own === row.name ? null : (
                      <small className={styles.own} lang={row.tag} dir="auto">
                        {row.own}
                      </small>
                    )}
                    {namesScripts && !row.name.includes(row.group) ? (
                      <small className={styles.own}>{row.group}</small>
                    ) : null}
                  </th>
                  {labels.map((label, i) => (
                    <td key={label} className={styles.cell} style={heat(premiums[i])}>
                      {figure === 'premium' ? premiumText(premiums[i]) : countText(tokens[i])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </section>
    </>
  );
}

function countText(count: number | undefined): string {
  return count === undefined ? '' : formatInteger(count);
}

/** What the colours mean. */
function Scale({ reference }: { readonly reference: string }) {
  return (
    <p className={styles.scale}>
      <span>Fewer tokens than {reference}</span>
      <span className={styles.ramp}>
        {[0.7, 1, 1.5, 2, 4, 8, 16].map((premium) => (
          <span key={premium} className={styles.swatch} style={heat(premium)}>
            {premium}×
          </span>
        ))}
      </span>
      <span>more</span>
    </p>
  );
}
