import { formatInteger, formatSignificant } from '../../ui/format';
import { More } from '../../views/experiment/More';
import below from '../../views/experiment/reading.module.css';
import { BarChart } from '../../views/plot/BarChart';
import { LineChart } from '../../views/plot/LineChart';
import type { Result } from './experiment';
import type { Form } from './sampler';

export const FORM_NAMES: Readonly<Record<Form, string>> = {
  library: 'as the library does now',
  recursive: 'recursive form',
  geometric: 'geometric form',
  'two-loops': 'two loops, as in the paper’s program',
};

/** Checks of each way to draw a token, and what they depend on. */
export function Checks({ result: { steps, vocabulary } }: { readonly result: Result }) {
  if (!steps) return null;
  const token = steps.forms.find(({ form }) => form === 'recursive')!;
  return (
    <More summary="Checks for a token">
      <p>
        The same {formatInteger(steps.places)} places, reached token by token; at each of them a token is
        drawn in every way, again and again.
      </p>
      <BarChart
        label="Checks for a token, by the way it is drawn"
        format={(value) => `${formatSignificant(value)} checks`}
        bars={[
          { id: 'mask', label: 'full mask', value: vocabulary },
          ...steps.forms.map(({ form, checks }) => ({
            id: form,
            label: FORM_NAMES[form],
            value: checks,
            ...(form === 'library' && { isChosen: true }),
          })),
          { id: 'token', label: 'the token alone, no weight', value: token.toSample },
        ]}
      />
      <p>
        The more the rule asks of the model, the more is rejected. So a model that would keep the rule by
        itself needs the fewest checks.
      </p>
      {steps.bins.length > 1 ? (
        <LineChart
          label="Checks for a token against the bits that the rule costs at its place"
          x={{ label: 'bits that the rule costs at a place', from: 0 }}
          y={{ label: 'checks', isLog: true, from: 1 }}
          lines={[
            {
              id: 'library',
              label: 'as the library does',
              points: steps.bins.map(({ bits, checks }) => [bits, checks]),
            },
          ]}
          rules={[{ label: `full mask, ${vocabulary}`, y: vocabulary, isBelow: true }]}
          height={220}
        />
      ) : null}
    </More>
  );
}

/** Estimates of the probability that the rule leaves, beside the truth. */
export function Weights({ result: { steps } }: { readonly result: Result }) {
  if (!steps) return null;
  return (
    <More summary="The weight, beside the truth">
      <p>
        The weight estimates the probability of all allowed tokens together from a few that were drawn. A full
        mask knows it exactly: {steps.truth.toFixed(4)}, the mean of the {formatInteger(steps.places)} places.
      </p>
      <div className={below.scroll}>
        <table className={below.table}>
          <thead>
            <tr>
              <th scope="col">Way</th>
              <th scope="col">checks</th>
              <th scope="col">mean weight</th>
              <th scope="col">usually off by</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">full mask</th>
              <td>all</td>
              <td>{steps.truth.toFixed(4)}</td>
              <td>0</td>
            </tr>
            {steps.forms.map(({ form, checks, estimate, spread }) => (
              <tr key={form}>
                <th scope="row">{FORM_NAMES[form]}</th>
                <td>{formatSignificant(checks)}</td>
                <td>{estimate.toFixed(4)}</td>
                <td>{spread.toFixed(3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        All are right on average. Where a token is nearly certain, the library takes the geometric form,
        elsewhere the recursive one.
      </p>
    </More>
  );
}

interface ConvergenceProps {
  readonly result: Result;
  readonly at: number;
  readonly onPick: (particles: number) => void;
}

/** What more particles do to the strings, and to the estimate of the probability of all valid strings. */
export function Convergence({ result: { levels, exact }, at, onPick }: ConvergenceProps) {
  const masses = levels.map(({ particles, log2Mass }) => [particles, -log2Mass] as const);
  return (
    <More summary="Every number of particles">
      {exact ? (
        <>
          <p>
            How far the strings are from their right probabilities: half the sum of all differences. The last
            per cents are chance, as only some populations were drawn.
          </p>
          <LineChart
            label="Distance from the right probabilities against particles"
            x={{ label: 'particles', isLog: true, from: 1 }}
            y={{ label: '% off', from: 0 }}
            lines={[
              {
                id: 'distance',
                label: 'distance',
                points: levels.map(({ particles, distance }) => [particles, 100 * (distance ?? Number.NaN)]),
              },
            ]}
            at={at}
            onPick={onPick}
            height={200}
          />
        </>
      ) : null}
      <p>
        The product of the mean weights estimates the probability that the model alone would keep the rule for
        a whole string. In bits, the fewer the likelier:
      </p>
      <LineChart
        label="Bits that the rule costs a whole string, estimated, against particles"
        x={{ label: 'particles', isLog: true, from: 1 }}
        y={{ label: 'bits' }}
        lines={[{ id: 'mass', label: 'estimated', points: masses }]}
        rules={exact ? [{ label: `exactly ${formatSignificant(-exact.log2Mass)}`, y: -exact.log2Mass }] : []}
        at={at}
        onPick={onPick}
        height={200}
      />
    </More>
  );
}
