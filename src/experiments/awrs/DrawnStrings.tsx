import { formatSignificant } from '../../ui/format';
import found from '../../views/experiment/pieces.module.css';
import styles from './DrawnStrings.module.css';
import type { Level } from './levels';
import { visibleText } from './visible-text';

interface DrawnStringsProps {
  readonly local: Level;
  readonly level: Level;
}

/** Strings of a rule with too many valid ones: drawn token by token, and with particles. */
export function DrawnStrings({ local, level }: DrawnStringsProps) {
  return (
    <div className={styles.both} data-thumbnail>
      <Strings title="Token by token" level={local} />
      {level.particles > 1 ? <Strings title={`With ${level.particles} particles`} level={level} /> : null}
      <p className={found.why}>
        Too many strings are valid to list them all, so there are no exact probabilities here: one string from
        each of a few populations, with the bits that the model pays for it.
      </p>
    </div>
  );
}

function Strings({ title, level }: { readonly title: string; readonly level: Level }) {
  return (
    <section>
      <h3 className={styles.title}>
        {title}
        {level.bitsPerString === undefined ? null : (
          <small>{formatSignificant(level.bitsPerString)} bits on average</small>
        )}
      </h3>
      <ul className={styles.strings}>
        {level.drawn.map(({ text, bits }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same string may be drawn twice
          <li key={i}>
            <code>{visibleText(text)}</code>
            <span>{bits.toFixed(0)} bits</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
