import { useState } from 'react';
import { cx } from '../../../../ui/cx';
import { formatInteger } from '../../../../ui/format';
import study from '../../study.module.css';
import { premiumText } from './heat';
import styles from './Languages.module.css';
import type { LanguageFigures } from './parallel';

export interface AllFiguresProps {
  readonly figures: readonly LanguageFigures[];
  readonly labels: readonly string[];
}

/** Every figure as a plain table, made when it is opened. */
export function AllFigures({ figures, labels }: AllFiguresProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className={styles.opener}>All figures as a table</summary>
      {isOpen ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className={study.scroll} aria-label="All figures" tabIndex={0}>
          <table className={styles.figures}>
            <thead>
              <tr>
                <th scope="col" rowSpan={2} className={cx(styles.figure, styles.figureHead)}>
                  Language
                </th>
                <th scope="col" rowSpan={2} className={cx(styles.figure, styles.figureHead)}>
                  Script
                </th>
                {labels.map((label) => (
                  <th
                    key={label}
                    scope="colgroup"
                    colSpan={2}
                    className={cx(styles.figure, styles.figureHead)}
                  >
                    {label}
                  </th>
                ))}
              </tr>
              <tr>
                {labels.flatMap((label) => [
                  <th key={`${label} tokens`} scope="col" className={cx(styles.figure, styles.figureHead)}>
                    tokens
                  </th>,
                  <th key={`${label} premium`} scope="col" className={cx(styles.figure, styles.figureHead)}>
                    premium
                  </th>,
                ])}
              </tr>
            </thead>
            <tbody>
              {figures.map(({ row, tokens, premiums }) => (
                <tr key={row.key}>
                  <th scope="row" className={styles.figure}>
                    {row.name}
                  </th>
                  <td className={styles.figure}>{row.group}</td>
                  {labels.flatMap((label, i) => [
                    <td key={`${label} tokens`} className={cx(styles.figure, styles.figureNumber)}>
                      {tokens[i] === undefined ? '' : formatInteger(tokens[i])}
                    </td>,
                    <td key={`${label} premium`} className={cx(styles.figure, styles.figureNumber)}>
                      {premiumText(premiums[i])}
                    </td>,
                  ])}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </details>
  );
}
