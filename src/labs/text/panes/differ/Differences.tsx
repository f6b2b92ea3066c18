import type { ComparedText } from '../../../../tokenizers/differ/differ';
import type { Likely } from '../../../../tokenizers/differ/explain';
import styles from './Differ.module.css';
import { spanText, visible, visibleQuote } from './visible';

const KINDS: Readonly<Record<Likely['kind'], string>> = {
  'special-tokens': 'special tokens',
  'added-around': 'tokens around the text',
  'prefix-space': 'prefix space',
  normalizer: 'normalizer',
  vocabulary: 'vocabulary',
  numbering: 'numbering',
  pattern: 'pattern',
  merges: 'merges or scores',
};

export interface DifferencesProps {
  readonly texts: readonly ComparedText[];
  readonly first: string;
  readonly second: string;
}

/** The texts on which two tokenizers differ: where first, the shortest part that shows it, and the likely reason. */
export function Differences({ texts, first, second }: DifferencesProps) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Text</th>
            <th scope="col">First difference</th>
            <th scope="col">Shortest text that shows it</th>
            <th scope="col">Likely reason</th>
          </tr>
        </thead>
        <tbody>
          {texts.map(({ label, text, difference }) => {
            if (!difference) return null;
            const { parting, shortest, likely } = difference;
            const span = spanText(text, parting.start, parting.end);
            const words = visibleQuote(likely.words)
              .replaceAll('{first}', first)
              .replaceAll('{second}', second);
            return (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>
                  <code>{visible(span, 40) || '(no text of its own)'}</code>
                  <span className={styles.detail}>at byte {parting.start}</span>
                </td>
                <td>
                  <code>{visible(shortest, 40)}</code>
                </td>
                <td>
                  <strong>{KINDS[likely.kind]}</strong>
                  <span className={styles.detail}>{words}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
