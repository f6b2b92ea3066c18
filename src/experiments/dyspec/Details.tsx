import { formatInteger, formatSignificant } from '../../ui/format';
import { sayChance } from '../../views/draft-tree/chance';
import { PairFields } from '../../views/draft-tree/PairFields';
import { More } from '../../views/experiment/More';
import reading from '../../views/experiment/reading.module.css';
import { type Result, type State, TEMPERATURES } from './experiment';

/** Whether the output is still the target's, in a sentence. */
export function Same({ result, budget }: { readonly result: Result; readonly budget: number }) {
  const law = result.laws.find((each) => each.budget === budget);
  if (result.same === undefined && !law) return null;
  return (
    <section className={reading.part}>
      <h3>Is it still what the target model would write?</h3>
      {law ? (
        law.p === undefined ? (
          <p className={reading.note}>
            No two tokens are likely enough behind the first prompt for counts to be compared.
          </p>
        ) : (
          <p className={reading.note}>
            The first two tokens were written {formatInteger(law.times)} times with dynamic trees and counted.
            A chi-square of {formatSignificant(law.statistic)} with {law.freedom} degrees of freedom or more
            comes by chance with probability <strong>{sayChance(law.p)}</strong>
            {law.p < 0.001 ? ', which is odd: try another seed.' : ': no sign of a difference.'}
          </p>
        )
      ) : (
        <p className={reading.note}>
          At temperature 0 nothing is left to chance: behind{' '}
          <strong>{formatSignificant(result.same!)} %</strong> of the prompts all three shapes, with every
          budget, wrote exactly what the target model writes alone.
        </p>
      )}
    </section>
  );
}

interface SettingsProps {
  readonly state: State;
  readonly onChange: (state: State) => void;
}

/** The two models, their temperatures, and the fixed tree. */
export function Settings({ state, onChange }: SettingsProps) {
  return (
    <More summary="Change the temperature, the models and the fixed tree">
      <p>
        At temperature 0 the target model always takes the likeliest token; the higher it is, the more is left
        to chance.
      </p>
      <PairFields
        pair={state}
        onPair={(change) => onChange({ ...state, ...change })}
        fields={[
          {
            label: 'Temperature of the target model',
            values: TEMPERATURES,
            value: state.t,
            onChange: (t) => onChange({ ...state, t }),
          },
          {
            label: 'Temperature of the draft model',
            values: [0.6, 1],
            value: state.td,
            onChange: (td) => onChange({ ...state, td }),
          },
          {
            label: 'Branches of the fixed tree',
            values: [2, 3, 4],
            value: state.arity,
            onChange: (arity) => onChange({ ...state, arity }),
          },
        ]}
      />
    </More>
  );
}
