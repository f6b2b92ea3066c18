import { scaleLinear } from 'd3-scale';
import { formatInteger } from '../../../../ui/format';
import study from '../../study.module.css';
import type { FiguresProps } from './HeatMap';
import { premiumText } from './heat';
import styles from './Languages.module.css';

/** One tokenizer's languages as bars, with a line where the reference is. */
export function Bars({ groups, labels, at, figure, reference }: FiguresProps) {
  const all = groups.flatMap(({ languages }) => languages);
  const amount = ({ tokens, premiums }: (typeof all)[number]) =>
    figure === 'premium' ? premiums[at] : tokens[at];
  const first = all.find(
    ({ premiums, row }) => premiums[at] === 1 && (row.key === 'eng' || row.key === 'line-1'),
  );
  const one = figure === 'premium' ? 1 : first?.tokens[at];
  const x = scaleLinear([0, Math.max(0, ...all.map((language) => amount(language) ?? 0))], [0, 100]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={study.scroll} aria-label="Bars" tabIndex={0}>
      <table className={styles.bars}>
        <caption className={styles.caption}>
          {labels[at]}: {figure === 'premium' ? `tokens for each token of ${reference}` : 'tokens'}. The line
          marks {reference}.
        </caption>
        <thead className={styles.hidden}>
          <tr>
            <th scope="col">Language</th>
            <th scope="col">{figure === 'premium' ? 'Premium' : 'Tokens'}</th>
            <th scope="col">Bar</th>
          </tr>
        </thead>
        {groups.map(({ name, languages }) => (
          <tbody key={name ?? ''}>
            {name === undefined ? null : (
              <tr>
                <th scope="rowgroup" className={styles.group} colSpan={3}>
                  {name}
                </th>
              </tr>
            )}
            {languages.map((language) => {
              const value = amount(language);
              return (
                <tr key={language.row.key}>
                  <th scope="row" className={styles.name}>
                    {language.row.name}
                  </th>
                  <td className={styles.value}>
                    {value === undefined
                      ? ''
                      : figure === 'premium'
                        ? premiumText(value)
                        : formatInteger(value)}
                  </td>
                  <td className={styles.track} aria-hidden="true">
                    {value === undefined ? null : (
                      <div className={styles.bar} style={{ width: `${x(value)}%` }} />
                    )}
                    {one === undefined || value === undefined ? null : (
                      <div className={styles.one} style={{ left: `${x(one)}%` }} />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        ))}
      </table>
    </section>
  );
}
