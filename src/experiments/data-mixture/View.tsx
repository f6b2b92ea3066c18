import { assignHues } from '../../core/hues';
import { formatInteger, formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import shared from '../../views/experiment/settings.module.css';
import { stepTo } from '../../views/experiment/step-to';
import { LineChart } from '../../views/plot/LineChart';
import { InlineTokens } from '../../views/token-text/InlineTokens';
import type { ViewProps } from '../experiment';
import { guessAt, MERGES, type Result, SIZES, type State } from './experiment';
import { logError } from './mixture';
import { OwnMixture } from './OwnMixture';
import { Shares } from './Shares';
import styles from './View.module.css';

const kinds = [
  { value: 'other', label: 'Other texts' },
  { value: 'same', label: 'The same texts' },
] as const;

const MARKS = [3, 10, 30, 100, 300];

/** What five languages came to in the official notebook, log₁₀ of the mean squared error. */
const PAPER = -7.3;

/** The hidden mixture and the recovered one, with the slider of how many merges are looked at above them. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const choose = (merges: number) =>
    onChange({ ...state, merges: stepTo(SIZES, state.merges, Math.round(merges)) });
  const guess = result && guessAt(result.guesses, state.merges);
  return (
    <div className={styles.view}>
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
      <Shares truth={result?.truth} shares={guess?.shares} />
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
      {result ? <FirstTokens result={result} /> : null}
      <How />
    </div>
  );
}

function Finding({ result, shares, merges }: { result: Result; shares: readonly number[]; merges: number }) {
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
  readonly result: Result;
  readonly merges: number;
  readonly onPick: (merges: number) => void;
}

function ErrorChart({ result, merges, onPick }: ErrorChartProps) {
  const { guesses, truth, random } = result;
  const points = guesses.map((guess) => [guess.merges, logError(guess.shares, truth)] as const);
  return (
    <div>
      <LineChart
        label="Error of the recovered mixture against the merges that are looked at, beside a random guess and the paper"
        x={{ label: 'merges', isLog: true, from: 3, to: MERGES }}
        y={{ label: 'log10 of the mean squared error', to: 0 }}
        lines={[{ id: 'error', label: 'Here', points }]}
        rules={[
          { label: 'a random guess', y: random },
          { label: 'paper, five languages, 30 000 merges', y: PAPER },
        ]}
        at={Math.max(3, merges)}
        onPick={onPick}
      />
      <p className={styles.note}>
        Lower is better: −4 is one percentage point, −6 a tenth of one. In other texts of the same kinds (here
        the other half of each) the error stops falling, because two samples of a language never have quite
        the same pairs; the paper’s samples are far larger. In the same texts, which nobody outside has, only
        the shares are unknown.
      </p>
    </div>
  );
}

function FirstTokens({ result }: { result: Result }) {
  const hues = assignHues(result.tokens.map((_, i) => i));
  return (
    <details className={shared.more}>
      <summary>What is seen of the tokenizer: its tokens, in the order in which they were learned</summary>
      <InlineTokens
        label="The first tokens in the order in which they were learned"
        tokens={result.tokens.map((text, i) => ({ text, hue: hues[i]! }))}
      />
    </details>
  );
}

function How() {
  return (
    <details className={shared.more}>
      <summary>How it works</summary>
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
      <p>
        With this method and 30 000 merges, the paper’s abstract says of real tokenizers that GPT-4o’s learned
        from 39 % text that is not English, and that about 60 % of GPT-3.5’s was code. That needs samples of
        the whole web, which this page has not.
      </p>
    </details>
  );
}
