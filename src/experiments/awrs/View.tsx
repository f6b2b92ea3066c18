import { formatSignificant } from '../../ui/format';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import found from '../../views/experiment/pieces.module.css';
import reading from '../../views/experiment/reading.module.css';
import { stepTo } from '../../views/experiment/step-to';
import type { ViewProps } from '../experiment';
import { ConstraintForm } from './ConstraintForm';
import { DrawnStrings } from './DrawnStrings';
import type { Enumeration } from './enumerate';
import { LEVELS, type Result, type State } from './experiment';
import type { Level } from './levels';
import { localLaw } from './local';
import { Checks, Convergence, Weights } from './Measurements';
import { percent } from './percent';
import { Settings } from './Settings';
import { StringBars } from './StringBars';
import { visibleText } from './visible-text';

/** The rule, the number of particles, and what is drawn beside what should be. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const level = result?.levels.find(({ particles }) => particles === state.particles);
  const choose = (value: number) => {
    const particles = stepTo(LEVELS, state.particles, Math.round(value)) as State['particles'];
    onChange({ ...state, particles });
  };
  return (
    <div className={reading.view}>
      <ConstraintForm state={state} onChange={onChange} />
      <ControlBar>
        <ControlSlider
          label="Particles: strings drawn side by side"
          min={1}
          max={LEVELS.at(-1)!}
          value={state.particles}
          marks={LEVELS}
          isLog
          say={(n) => (n === 1 ? '1: token by token' : `${n} particles`)}
          onChange={choose}
        />
      </ControlBar>
      {result && level ? (
        <div className={reading.view} data-result>
          <Finding result={result} level={level} />
          {result.exact ? (
            <StringBars exact={result.exact} one={result.levels[0]!} level={level} />
          ) : (
            <DrawnStrings local={result.levels[0]!} level={level} />
          )}
          <div>
            <Checks result={result} />
            <Weights result={result} />
            <Convergence result={result} at={state.particles} onPick={choose} />
          </div>
        </div>
      ) : (
        result && <p className={found.why}>Drawing …</p>
      )}
      <Settings state={state} onChange={onChange} />
    </div>
  );
}

/** What came out, in two sentences. */
function Finding({ result, level }: { readonly result: Result; readonly level: Level }) {
  const { exact, vocabulary, levels } = result;
  const { checks } = levels[0]!;
  return (
    <>
      <p className={found.result}>
        {exact ? <Distance exact={exact} one={levels[0]!} level={level} /> : <NoDistance level={level} />}
      </p>
      <p className={found.why}>
        A token and its weight took <strong>{formatSignificant(checks)} checks</strong> on average; a full
        mask takes {vocabulary}, one for each token of the vocabulary.
      </p>
    </>
  );
}

interface DistanceProps {
  readonly exact: Enumeration;
  /** Of one particle. */
  readonly one: Level;
  readonly level: Level;
}

function Distance({ exact, one, level }: DistanceProps) {
  if (exact.strings.length === 1) return <>Only one string is valid, and it is always drawn.</>;
  const { distance, trap } = localLaw(exact, one);
  if (level.particles > 1) {
    return (
      <>
        With {level.particles} particles, strings are <strong>{percent(level.distance ?? 0)}</strong> off
        their right probabilities; token by token, {percent(distance)}.
      </>
    );
  }
  if (trap.share - trap.exact < 0.005)
    return <>Token by token, every string is about as frequent as it should be: the rule sets no trap.</>;
  return (
    <>
      Token by token, “{visibleText(trap.text)}” is drawn in <strong>{percent(trap.share)}</strong> of all
      cases. Right would be {percent(trap.exact)}: each token was allowed, but where they led, the model would
      hardly go.
    </>
  );
}

function NoDistance({ level }: { readonly level: Level }) {
  if (level.bitsPerString === undefined) return <>No string was found that keeps the rule.</>;
  return (
    <>
      {level.particles === 1 ? 'Token by token' : `With ${level.particles} particles`}, a string costs the
      model <strong>{formatSignificant(level.bitsPerString)} bits</strong> on average. The fewer, the more it
      is what the model would write by itself.
    </>
  );
}
