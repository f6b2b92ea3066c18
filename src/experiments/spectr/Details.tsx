import { formatInteger, formatSignificant } from '../../ui/format';
import { sayChance } from '../../views/draft-tree/chance';
import { PairFields } from '../../views/draft-tree/PairFields';
import { More } from '../../views/experiment/More';
import reading from '../../views/experiment/reading.module.css';
import type { Result, State } from './experiment';
import { CHECKED, type Check } from './places';

/** Below this, what was written does not look as if the target had written it. */
const DOUBTFUL = 0.001;

/** Whether the output is still the target's, in a sentence, and every test in a table. */
export function LawTable({ laws, k }: { readonly laws: Result['laws']; readonly k: number }) {
  const at = laws.find((law) => law.k === k && law.isSolved);
  const wrong = laws.find((law) => !law.isSolved);
  if (!at || !wrong) return null;
  return (
    <section className={reading.part}>
      <h3>Is it still what the target model would write?</h3>
      {at.p === undefined || wrong.p === undefined ? (
        <p className={reading.note}>
          No two tokens are likely enough behind the first prompt for counts to be compared.
        </p>
      ) : (
        <p className={reading.note}>
          The first two tokens were written {formatInteger(at.times)} times and counted. A chi-square as large
          as that of {k === 1 ? 'one draft' : `${k} drafts`} comes by chance with probability{' '}
          <strong>{sayChance(at.p)}</strong>
          {at.p < DOUBTFUL ? ', which is odd: try another seed' : ': no sign of a difference'}. With ρ left
          out, for {wrong.k} drafts, it is <strong>{sayChance(wrong.p)}</strong>
          {wrong.p < DOUBTFUL ? ': that bends the text, and ρ is what prevents it.' : '.'}
        </p>
      )}
      <More summary="Every test">
        <div className={reading.scroll}>
          <table className={reading.table}>
            <thead>
              <tr>
                <th scope="col">Drafts</th>
                <th scope="col">Chi-square</th>
                <th scope="col">Degrees of freedom</th>
                <th scope="col">Chance</th>
                <th scope="col">Total variation, first token</th>
              </tr>
            </thead>
            <tbody>
              {laws.map((law) => (
                <tr key={`${law.k} ${law.isSolved}`}>
                  <th scope="row">
                    {law.k}
                    {law.isSolved ? '' : ', without ρ'}
                  </th>
                  <td>{formatSignificant(law.statistic)}</td>
                  <td>{law.freedom}</td>
                  <td>{law.p === undefined ? '–' : sayChance(law.p)}</td>
                  <td>{law.variation.toFixed(3)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </More>
    </section>
  );
}

interface PairSettingsProps {
  readonly state: State;
  readonly onChange: (state: State) => void;
}

/** The two models, the length of drafts, and the linear program. */
export function PairSettings({ state, onChange }: PairSettingsProps) {
  return (
    <More summary="Change the models and the length of drafts">
      <PairFields
        pair={state}
        onPair={(change) => onChange({ ...state, ...change })}
        fields={[
          {
            label: `${state.unit === 'tokens' && state.model === 'learned' ? 'Tokens' : 'Bytes'} of a draft`,
            values: [1, 2, 4, 8, 16],
            value: state.length,
            onChange: (length) => onChange({ ...state, length }),
          },
        ]}
      >
        <label>
          <input
            type="checkbox"
            checked={state.program}
            onChange={(event) => onChange({ ...state, program: event.target.checked })}
          />{' '}
          Solve the paper’s linear program too, to check the line of the most possible (loads 1.2 MB)
        </label>
      </PairFields>
    </More>
  );
}

/** The optimum by formula and by linear program. */
export function BoundCheck({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <section className={reading.part}>
      <h3>The most possible, by linear program</h3>
      <p className={reading.note}>
        At {CHECKED} places, over the 7 likeliest tokens and one symbol for all others: the paper’s program
        has a row for each set of tokens, here 255. It agrees with the formula that draws the line above.
      </p>
      <div className={reading.scroll}>
        <table className={reading.table}>
          <thead>
            <tr>
              <th scope="col">Drafts</th>
              <th scope="col">K-SEQ</th>
              <th scope="col">Formula</th>
              <th scope="col">Linear program</th>
              <th scope="col">Differ by, at most</th>
            </tr>
          </thead>
          <tbody>
            {checks.map(({ k, kSeq, formula, program, difference }) => (
              <tr key={k}>
                <th scope="row">{k}</th>
                <td>{(100 * kSeq).toFixed(2)} %</td>
                <td>{(100 * formula).toFixed(2)} %</td>
                <td>{(100 * program).toFixed(2)} %</td>
                <td>{difference.toExponential(0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
