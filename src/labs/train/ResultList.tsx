import { useId } from 'react';
import { SIZES } from '../../tokenizers/train/defaults';
import { Button } from '../../ui/Button';
import { formatInteger, formatSignificant } from '../../ui/format';
import { RareIcon } from '../../ui/RareIcon';
import { CurveSwatch } from '../../views/vocabulary/CutPlot';
import { useLab, useTrain } from './context';
import { curvesOf, lineOf } from './curves';
import { secondsOf } from './figures';
import styles from './ResultList.module.css';

/** What was trained on this visit, to compare. */
export function ResultList() {
  const { session } = useLab();
  const job = useTrain((state) => state.job);
  const results = useTrain((state) => state.results);
  const shown = useTrain((state) => state.shown);
  const name = useId();
  if (results.length < 2) return null;
  const curves = curvesOf({ job, results, shown }, SIZES.least);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="visually-hidden">Trained on this visit</caption>
        <thead>
          <tr>
            <th scope="col">Trained</th>
            <th scope="col">Vocabulary</th>
            <th scope="col">Tokens</th>
            <th scope="col">Bytes a token</th>
            <th scope="col">Time</th>
            <th scope="col">
              <span className="visually-hidden">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {results.map((result) => {
            const line = lineOf(curves, result);
            const { id, trained, ms } = result;
            return (
              <tr key={id}>
                <th scope="row">
                  <label className={styles.name}>
                    <input
                      type="radio"
                      name={name}
                      checked={id === shown}
                      onChange={() => session.show(id)}
                    />
                    {line === undefined ? <span className={styles.gap} /> : <CurveSwatch line={line} />}
                    {result.name}
                  </label>
                </th>
                <td>{formatInteger(trained.vocabulary)}</td>
                <td>{formatInteger(trained.tokens)}</td>
                <td>
                  {result.draft.kind === 'lib' ? '–' : formatSignificant(trained.bytes / trained.tokens)}
                </td>
                <td>{secondsOf(ms)}</td>
                <td>
                  <Button
                    size="sm"
                    variant="quiet"
                    icon={<RareIcon name="trash" size={14} />}
                    aria-label={`Remove ${result.name}`}
                    onClick={() => session.remove(id)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
