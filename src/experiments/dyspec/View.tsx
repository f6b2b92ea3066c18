import { formatSignificant } from '../../ui/format';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import reading from '../../views/experiment/reading.module.css';
import shared from '../../views/experiment/settings.module.css';
import { stepTo } from '../../views/experiment/step-to';
import { LineChart } from '../../views/plot/LineChart';
import type { ViewProps } from '../experiment';
import type { Estimates } from './correlation';
import { Same, Settings } from './Details';
import { BUDGETS, perCall, type Result, type State } from './experiment';
import { type Run, SHAPES, type Shape, TOKENS } from './runs';
import { Scatter } from './Scatter';
import { TreePicture } from './TreePicture';

const NAMES: Readonly<Record<Shape, string>> = {
  dynamic: 'tree that grows by estimate',
  fixed: 'fixed tree',
  chain: 'chain',
};

/** Trees of drafts, with the slider of how many tokens they may have above them. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const { budget } = state;
  const choose = (next: number) => onChange({ ...state, budget: stepTo(BUDGETS, budget, Math.round(next)) });
  const runs = result?.runs.filter((run) => run.budget === budget) ?? [];
  const run = runs.find(({ shape }) => shape === state.shape);
  const dynamic = runs.find(({ shape }) => shape === 'dynamic');
  return (
    <div className={reading.view}>
      <ControlBar>
        <ControlSlider
          label="Drafted tokens for each call of the target model"
          min={8}
          max={64}
          value={budget}
          marks={BUDGETS}
          isLog
          overChart
          say={(tokens) => `${tokens} tokens`}
          onChange={choose}
        />
      </ControlBar>
      {result && run && dynamic ? (
        <>
          <Finding runs={runs} result={result} />
          <TreePicture result={result} run={run} state={state} onChange={onChange} />
          <Curves result={result} budget={budget} onPick={choose} />
          <Hypothesis runs={runs} />
          <Same result={result} budget={budget} />
        </>
      ) : (
        result && <p className={reading.note}>Writing …</p>
      )}
      <Settings state={state} onChange={onChange} />
    </div>
  );
}

function Finding({ runs, result }: { readonly runs: readonly Run[]; readonly result: Result }) {
  const [chain, fixed, dynamic] = SHAPES.map((shape) => runs.find((run) => run.shape === shape)!);
  const say = (run: Run) => `${formatSignificant(perCall(run))} ± ${(2 * run.error).toFixed(2)}`;
  const isWorse = perCall(dynamic!) < perCall(fixed!);
  return (
    <>
      <p className={shared.finding}>
        With {dynamic!.budget} drafted tokens, a call of the target model gives{' '}
        <strong>{say(dynamic!)} tokens</strong> from the tree that grows by estimate, {say(fixed!)} from a
        fixed tree of {result.arity} branches, {say(chain!)} from a chain.
        {isWorse ? ' So here the fixed tree does better.' : ''}
      </p>
      <p className={reading.note}>
        The paper has 5.25 at 64 tokens and temperature 0, against 4.99 for Sequoia and 3.32 for SpecInfer,
        whose trees have fixed shapes. A call is one batch, with the places behind all drafted tokens.{' '}
        {result.model === 'network' ? 'Bytes are easier to guess than the tokens of those models. ' : ''}
        {result.t !== 0
          ? 'The temperature here is another than that of these figures.'
          : result.model === 'learned'
            ? 'The models there are networks, and their text does not run in circles; an n-gram that always takes the likeliest token soon does, so only the first tokens behind many prompts are counted.'
            : ''}
      </p>
    </>
  );
}

function Curves({
  result,
  budget,
  onPick,
}: {
  readonly result: Result;
  readonly budget: number;
  readonly onPick: (budget: number) => void;
}) {
  const order: readonly Shape[] = ['dynamic', 'fixed', 'chain'];
  return (
    <section className={reading.part}>
      <h3>Tokens for each call of the target model</h3>
      <LineChart
        label="Tokens for each call of the target model against drafted tokens, for three shapes of tree"
        x={{ label: 'drafted tokens', isLog: true, from: 8, to: 64, ticks: BUDGETS }}
        y={{ label: 'tokens a call', from: 1 }}
        height={220}
        lines={order.map((shape) => ({
          id: shape,
          label: NAMES[shape],
          points: result.runs
            .filter((run) => run.shape === shape)
            .map((run) => [run.budget, perCall(run)] as const),
        }))}
        at={budget}
        onPick={onPick}
      />
      <p className={reading.note}>
        {result.prompt.length > 0
          ? `Behind ${result.prompts} prompts ${result.model === 'learned' ? 'out of the part that neither model has read' : 'out of this text'}, ${TOKENS} tokens each; ± above is twice the standard error.`
          : `This text is too short to set prompts aside: ${result.prompts} times ${TOKENS} tokens are written from the start of a text${result.model === 'learned' ? ' that both models have read' : ''}, which says little.`}
      </p>
    </section>
  );
}

const PAYS =
  'The surer the draft model is, the likelier its token is accepted, and here growing by that pays.';

const TOO_LOW =
  'Here growing by it does not pay: unlikely drafts are accepted more often than the estimate says (they lie above the dotted line), so the tree tries many beginnings where it had better gone on behind the first.';

/** Whether unlikely tokens are accepted more often than their probabilities say. */
function isTooLow({ bins }: Estimates): boolean {
  let above = 0;
  for (const { count, estimate, chance } of bins) if (estimate < 0.25) above += count * (chance - estimate);
  return above > 0;
}

/** The paper's hypothesis: whether the draft's probability of a token says how likely it is accepted. */
function Hypothesis({ runs }: { readonly runs: readonly Run[] }) {
  const [, fixed, dynamic] = SHAPES.map((shape) => runs.find((run) => run.shape === shape)!);
  const { estimates } = dynamic!;
  const pays = perCall(dynamic!) > perCall(fixed!);
  if (estimates.correlation === undefined) return null;
  const r = estimates.correlation;
  return (
    <section className={reading.part}>
      <h3>Does the draft model know what will be accepted?</h3>
      <Scatter
        label={`Probability of a drafted token against how likely it is accepted; correlation ${formatSignificant(r)}`}
        estimates={estimates}
      />
      <p className={reading.note}>
        Every token of the dynamic trees that was tried: its probability in what the draft had left, which is
        the tree’s estimate, and the probability min(1, q / d) with which it is accepted, where d is the draft
        model’s probability and q the target model’s. Their <strong>correlation is {r.toFixed(2)}</strong>.{' '}
        {pays ? PAYS : isTooLow(estimates) ? TOO_LOW : ''}
      </p>
    </section>
  );
}
