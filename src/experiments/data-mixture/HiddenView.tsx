import { formatInteger, formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import { More } from '../../views/experiment/More';
import reading from '../../views/experiment/reading.module.css';
import shared from '../../views/experiment/settings.module.css';
import { stepTo } from '../../views/experiment/step-to';
import { LineChart } from '../../views/plot/LineChart';
import { guessAt, type HiddenResult, MERGES, SIZES, type State } from './experiment';
import { logError } from './mixture';
import { OwnMixture } from './OwnMixture';
import { Shares } from './Shares';
import { Tokens } from './Tokens';
import { MIXED } from './texts';
import styles from './View.module.css';

const kinds = [
  { value: 'other', label: 'Other texts' },
  { value: 'same', label: 'The same texts' },
] as const;

const MARKS = [3, 10, 30, 100, 300];

/** What five languages came to in the official notebook, log₁₀ of the mean squared error. */
const PAPER = -7.3;

interface HiddenViewProps {
  readonly state: State;
  readonly result: HiddenResult | undefined;
  readonly onChange: (state: State) => void;
}

/** A mixture that is hidden here and the recovered one, with the slider of how many merges are looked at above them. */
export function HiddenView({ state, result, onChange }: HiddenViewProps) {
  const choose = (merges: number) =>
    onChange({ ...state, merges: stepTo(SIZES, state.merges, Math.round(merges)) });
  const guess = result && guessAt(result.guesses, state.merges);
  return (
    <>
      <ControlBar>
        <ControlSlider
          overChart
          label="Merges that are looked at"
          min={3}
          max={MERGES}
          value={state.merges}
          marks={MARKS}
          isLog
          say={(merges) => `${formatInteger(merges)} merges`}
          onChange={choose}
        />
      </ControlBar>
      <Shares
        label="Shares of the mixture, recovered and hidden"
        legend={{ bar: 'recovered', mark: 'hidden' }}
        rows={MIXED.map(({ id, label }, i) => ({
          id,
          label,
          value: guess?.shares[i],
          mark: result?.truth[i],
        }))}
      />
      {result && guess ? <Finding result={result} shares={guess.shares} merges={guess.merges} /> : null}
      <div className={styles.kind}>
        <p className={styles.label}>Who looks on counts in</p>
        <Segmented
          label="Who looks on counts in"
          options={kinds}
          value={state.sees}
          onChange={(sees) => onChange({ ...state, sees })}
        />
      </div>
      {result && result.guesses.length > 0 ? (
        <ErrorChart result={result} merges={state.merges} onPick={choose} />
      ) : null}
      <OwnMixture state={state} truth={result?.truth} onChange={onChange} />
      {result ? (
        <Tokens
          summary="What is seen of the tokenizer: its tokens, in the order in which they were learned"
          tokens={result.tokens}
        />
      ) : null}
      <How />
    </>
  );
}
function Finding({
  result,
  shares,
  merges,
}: {
  result: HiddenResult;
  shares: readonly number[];
  merges: number;
}) {
  const error = logError(shares, result.truth);
  return (
    <p className={shared.finding}>
      From {formatInteger(merges)} merges the mixture is known to about{' '}
      <strong>{formatSignificant(100 * Math.sqrt(10 ** error))} percentage points</strong> a share; a random
      guess is off by about {formatSignificant(100 * Math.sqrt(10 ** result.random))}.
    </p>
  );
}

interface ErrorChartProps {
  readonly result: HiddenResult;
  readonly merges: number;
  readonly onPick: (merges: number) => void;
}

function ErrorChart({ result, merges, onPick }: ErrorChartProps) {
  const { guesses, truth, random } = result;
  const points = guesses.map((guess) => [guess.merges, logError(guess.shares, truth)] as const);
  return (
    <>
      <LineChart
        label="Error of the recovered mixture against the merges that are looked at, beside a random guess and the paper"
        x={{ label: 'merges', isLog: true, from: 3, to: MERGES }}
        y={{ label: 'log10 of the mean squared error', to: 0 }}
        lines={[{ id: 'error', label: 'Here', points }]}
        rules={[
          { label: 'a random guess', y: random },
          { label: 'paper, five languages, 30,000 merges', y: PAPER },
        ]}
        at={Math.max(3, merges)}
        onPick={onPick}
      />
      <p className={reading.note}>
        Lower is better: −4 is one percentage point, −6 a tenth of one. In other texts of the same kinds (here
        the other half of each) the error stops falling, because two samples of a language never have quite
        the same pairs; the paper’s samples are far larger. In the same texts, which nobody outside has, only
        the shares are unknown.
      </p>
    </>
  );
}

function How() {
  return (
    <More summary="How it works">
      <p>
        BPE always merges the pair that is most frequent at that moment. So each merge says: in the mixture,
        this pair was at least as frequent as every other one. Who has samples of the kinds of text that may
        be in it can count the same pairs in each sample, after the same merges, and ask which shares make all
        of that true at once.
      </p>
      <p>
        Samples differ from the real texts, so not all can be true. The shares are those for which the least
        has to be forgiven, to single merges or to single pairs: a linear program. Only the comparisons that
        present shares break are written into it, until none is broken.
      </p>
    </More>
  );
}
