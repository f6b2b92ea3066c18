import { More } from '../../views/experiment/More';
import reading from '../../views/experiment/reading.module.css';
import type { ViewProps } from '../experiment';
import type { Result, State } from './experiment';
import { percent } from './NextCharacters';
import { PromptField } from './PromptField';
import styles from './View.module.css';

/** What stands between two texts. */
export function Middle({ state, result, onChange }: ViewProps<State, Result>) {
  const filled = result?.filled;
  const opening = result ?? { before: '', after: '' };
  return (
    <More summary="Fill in the middle">
      <p>
        Where a text is to be filled in, the part before the gap ends anywhere, often inside a word. Middles
        of up to eight bytes are proposed by both ways; each is weighted by its own probability and by that of
        what follows, byte by byte.
      </p>
      <div className={styles.pair}>
        <PromptField
          label="Before the gap"
          value={state.before ?? opening.before}
          onChange={(before) => onChange({ ...state, before })}
        />
        <PromptField
          label="Behind the gap"
          value={state.after ?? opening.after}
          onChange={(after) => onChange({ ...state, after })}
        />
      </div>
      {filled ? (
        <div className={reading.scroll}>
          <table className={reading.table}>
            <caption className="visually-hidden">Middles and how likely each is</caption>
            <thead>
              <tr>
                <th scope="col">Middle</th>
                <th scope="col">Exact</th>
                <th scope="col">Naive</th>
              </tr>
            </thead>
            <tbody>
              {filled.middles.map(({ text, exact, naive }) => (
                <tr key={text}>
                  <th scope="row">
                    {text === '' ? (
                      <em className={styles.fresh}>nothing</em>
                    ) : (
                      <code className={styles.middle}>{text}</code>
                    )}
                  </th>
                  <td>{percent(exact)}</td>
                  <td>{percent(naive)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p>Shares of {filled.proposed} middles that were proposed.</p>
        </div>
      ) : result ? (
        <p>Write something on both sides of the gap.</p>
      ) : null}
    </More>
  );
}
