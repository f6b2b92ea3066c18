import { nameOf } from './characters';
import { type Cut, type Way, ways } from './cut';
import styles from './NextCharacters.module.css';

const NAMES: Readonly<Record<Way, string>> = {
  naive: 'Naive',
  healed: 'Token healing',
  exact: 'Exact',
};

/** Next characters and how likely each is, in the three ways. */
export function NextCharacters({ cut }: { readonly cut: Cut }) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Probability of the next character</caption>
      <thead>
        <tr>
          <th scope="col">Next</th>
          {ways.map((way) => (
            <th key={way} scope="col" data-way={way}>
              {NAMES[way]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cut.characters.map((character) => (
          <tr key={character.text}>
            <th scope="row">
              {nameOf(character.text) ? (
                <span className={styles.named}>{nameOf(character.text)}</span>
              ) : (
                character.text
              )}
            </th>
            {ways.map((way) => (
              <td key={way} data-way={way}>
                <span className={styles.track} aria-hidden="true">
                  <span style={{ width: `${100 * character[way]}%` }} />
                </span>
                {percent(character[way])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            <span className={styles.named}>model calls</span>
          </th>
          {ways.map((way) => (
            <td key={way}>{cut.calls[way]}</td>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}

export function percent(share: number): string {
  const value = 100 * share;
  if (value >= 99.95) return '100 %';
  return value < 0.05 ? '< 0.1 %' : `${value.toFixed(1)} %`;
}
