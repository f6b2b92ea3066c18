import type { Enumeration } from './enumerate';
import type { Level } from './levels';
import { type Local, localLaw } from './local';
import { percent } from './percent';
import styles from './StringBars.module.css';
import { visibleText } from './visible-text';

/** Strings that are shown. */
const ROWS = 10;

interface StringBarsProps {
  readonly exact: Enumeration;
  /** Of one particle. */
  readonly one: Level;
  readonly level: Level;
}

/**
 * For each string how often it is drawn with the chosen number of particles: a bar; a line across it where the bar
 * should end, and a thin one below for what is drawn token by token.
 */
export function StringBars({ exact, one, level }: StringBarsProps) {
  const drawn = new Map(level.strings.map(({ text, share }) => [text, share]));
  const isLocal = level.particles === 1;
  const law = localLaw(exact, one);
  const shareOf = (text: string) => (isLocal ? law.share(text) : (drawn.get(text) ?? 0));
  const rows = rowsOf(exact, law);
  const most = Math.max(...rows.map((row) => Math.max(row.exact, row.local, shareOf(row.text))), 0.01);
  const width = (share: number) => `${(100 * share) / most}%`;
  const many = isLocal ? 'drawn token by token' : `drawn with ${level.particles} particles`;
  const left = exact.strings.length - rows.length;
  return (
    <div className={styles.picture} data-thumbnail>
      <p className={styles.legend} aria-hidden="true">
        <span>
          <i className={styles.sampleBar} /> {many}
        </span>
        <span>
          <i className={styles.sampleMark} /> should be
        </span>
        {isLocal ? null : (
          <span>
            <i className={styles.sampleLocal} /> token by token
          </span>
        )}
      </p>
      <ul className={styles.rows} aria-label="How often each string is drawn, and how often it should be">
        {rows.map(({ text, exact: right, local }) => {
          const share = shareOf(text);
          return (
            <li key={text} className={styles.row}>
              <code className={styles.text}>{visibleText(text)}</code>
              <span className={styles.track} aria-hidden="true">
                <span
                  className={styles.bar}
                  style={{ width: width(share) }}
                  data-alone={isLocal || undefined}
                />
                {isLocal ? null : <span className={styles.local} style={{ width: width(local) }} />}
                <span className={styles.mark} style={{ left: width(right) }} />
              </span>
              <span className={styles.value}>
                {percent(share)}
                <small>should be {percent(right)}</small>
              </span>
            </li>
          );
        })}
      </ul>
      {left > 0 ? <p className={styles.more}>{left} more strings are valid.</p> : null}
    </div>
  );
}

/** The strings that matter: those that should be drawn most, and those that are drawn token by token most. */
function rowsOf({ strings }: Enumeration, law: Local) {
  const all = strings.map(({ text, exact }) => ({ text, exact, local: law.share(text) }));
  if (all.length <= ROWS) return all;
  const weighty = [...all].sort((a, b) => Math.max(b.exact, b.local) - Math.max(a.exact, a.local));
  const chosen = new Set(weighty.slice(0, ROWS));
  return all.filter((string) => chosen.has(string));
}
