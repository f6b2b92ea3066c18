import { formatInteger, formatSignificant } from '../../ui/format';
import { DraftTree } from '../../views/draft-tree/DraftTree';
import { CallStepper, WrittenByCalls } from '../../views/draft-tree/WrittenByCalls';
import { ControlBar } from '../../views/experiment/ControlBar';
import { ControlSlider } from '../../views/experiment/ControlSlider';
import reading from '../../views/experiment/reading.module.css';
import shared from '../../views/experiment/settings.module.css';
import { stepTo } from '../../views/experiment/step-to';
import { BarChart } from '../../views/plot/BarChart';
import { LineChart } from '../../views/plot/LineChart';
import type { ViewProps } from '../experiment';
import { BoundCheck, LawTable, PairSettings } from './Details';
import { KS, perCall, type Result, type State } from './experiment';
import { PLACES } from './places';
import { type Run, TOKENS } from './runs';

/** Standard errors on either side. */
const SPREAD = 2;

const drafts = (k: number) => (k === 1 ? '1 draft' : `${k} drafts`);

/** Calls of the target as trees, with the slider of how many drafts there are above them. */
export function View({ state, result, onChange }: ViewProps<State, Result>) {
  const choose = (k: number) => onChange({ ...state, k: stepTo(KS, state.k, Math.round(k)) });
  const run = result?.runs.find(({ k }) => k === state.k);
  return (
    <div className={reading.view}>
      <ControlBar>
        <ControlSlider
          label="Drafts for each call of the target model"
          min={1}
          max={8}
          value={state.k}
          marks={KS}
          isLog
          say={drafts}
          onChange={choose}
        />
      </ControlBar>
      {result && run ? (
        <Shown result={result} run={run} state={state} onChange={onChange} onPick={choose} />
      ) : (
        result && <p className={reading.note}>Writing …</p>
      )}
      <PairSettings state={state} onChange={onChange} />
      {result?.checks ? <BoundCheck checks={result.checks} /> : null}
    </div>
  );
}

interface ShownProps {
  readonly result: Result;
  readonly run: Run;
  readonly state: State;
  readonly onChange: (state: State) => void;
  readonly onPick: (k: number) => void;
}

function Shown({ result, run, state, onChange, onPick }: ShownProps) {
  const { vocabulary, prompt } = result;
  const call = Math.min(state.call, run.steps.length);
  const step = run.steps[call - 1]!;
  const written = run.steps.map(({ ids }) => ids);
  const before = [...prompt, ...written.slice(0, call - 1).flat()].slice(-8);
  const accepted = step.ids.length - 1;
  return (
    <>
      <Finding result={result} run={run} />
      <div className={reading.part} data-thumbnail>
        <CallStepper
          call={call}
          calls={run.steps.length}
          onChange={(next) => onChange({ ...state, call: next })}
        />
        <DraftTree
          label={`${drafts(run.k)} as a tree: ${accepted} drafted tokens are accepted, and one more is the target model’s own`}
          nodes={step.nodes.map((node) => ({
            ...node,
            ...(node.drafts > 1 && {
              mark: `×${node.drafts}`,
              note: `${node.drafts} drafts begin like this`,
            }),
          }))}
          vocabulary={vocabulary}
          before={bytesOf(before.map((id) => vocabulary[id]!))}
        />
        <p className={reading.note}>
          This call looked at {formatInteger(step.nodes.length)} places in one batch and gave{' '}
          <strong>
            {step.ids.length} {step.ids.length === 1 ? 'token' : 'tokens'}
          </strong>
          : {accepted} drafted, 1 of the target model’s own.{' '}
          {step.tried[0] && run.k > 1 ? (
            <>
              K-SEQ tries the drafts one after the other. Each is accepted with the probability min(1, q / (ρ
              p)), where p is the draft model’s probability of the token and q the target model’s. The factor
              ρ makes each less readily accepted than if it were alone: without it, tokens that are drafted
              often would be written too often. At the first place ρ is {formatSignificant(step.tried[0].rho)}
              , and one of the drafts is accepted with {formatSignificant(100 * step.tried[0].acceptance)}
              {'\u00a0'}%.
            </>
          ) : (
            'With one draft this is plain speculative sampling: a token is accepted with the probability min(1, q / p), where p is the draft model’s probability of it and q the target model’s.'
          )}
        </p>
        <WrittenByCalls vocabulary={vocabulary} prompt={prompt} calls={written} call={call} />
      </div>
      <Bars result={result} k={run.k} />
      <Accepted result={result} run={run} onPick={onPick} />
      <LawTable laws={result.laws} k={run.k} />
    </>
  );
}

function Finding({ result, run }: { readonly result: Result; readonly run: Run }) {
  const [plain] = result.runs;
  const ratio = perCall(run) / perCall(plain!);
  return (
    <>
      <p className={shared.finding}>
        With {drafts(run.k)} of {result.length} tokens, a call of the target model gives{' '}
        <strong>
          {formatSignificant(perCall(run))} ± {(SPREAD * run.error).toFixed(2)} tokens
        </strong>
        , where it gives 1 without drafts
        {run.k > 1 ? (
          <>
            {' '}
            and {formatSignificant(perCall(plain!))} with one:{' '}
            <strong>{formatSignificant(ratio)} times as many</strong>
          </>
        ) : null}
        {run.k > 1 ? '. The paper measured 2.13 and 1.37 times.' : '.'}
      </p>
      <p className={reading.note}>
        A call is one batch: the target model reads the ends of all drafts at once. The paper’s figures are
        times, in which drafts and large batches cost something; here they are free.{' '}
        {result.model === 'learned'
          ? 'And both models here are n-grams of one text, so one draft already hits more often than a small network that drafts for a large one may.'
          : 'Bytes are easier to guess than the tokens of the paper’s models, so more of them are accepted.'}
      </p>
    </>
  );
}

function Bars({ result, k }: { readonly result: Result; readonly k: number }) {
  return (
    <section className={reading.part}>
      <h3>Tokens for each call of the target model</h3>
      <BarChart
        label="Tokens for each call of the target model, by number of drafts"
        bars={[
          { id: '0', label: 'no draft', value: 1 },
          ...result.runs.map((run) => ({
            id: String(run.k),
            label: drafts(run.k),
            value: perCall(run),
            note: ` ± ${(SPREAD * run.error).toFixed(2)}`,
            isChosen: run.k === k,
          })),
        ]}
        format={formatSignificant}
      />
      <p className={reading.note}>
        {result.prompt.length > 0
          ? `Behind ${result.prompts} prompts ${result.model === 'learned' ? 'out of the part that neither model has read' : 'out of this text'}, ${TOKENS} tokens each; ± is twice the standard error.`
          : `This text is too short to set prompts aside: ${result.prompts} times ${TOKENS} tokens are written from the start of a text${result.model === 'learned' ? ' that both models have read' : ''}, which says little.`}
      </p>
    </section>
  );
}

function Accepted({
  result,
  run,
  onPick,
}: {
  readonly result: Result;
  readonly run: Run;
  readonly onPick: (k: number) => void;
}) {
  const { k, hits, expected, calls } = run;
  const at = result.acceptances.find((each) => each.k === k);
  if (!at) return null;
  const line = (value: (each: Result['acceptances'][number]) => number) =>
    result.acceptances.map((each) => [each.k, 100 * value(each)] as const);
  return (
    <section className={reading.part}>
      <h3>How likely one of the drafts is accepted at a place</h3>
      <LineChart
        label="Acceptance at a place against number of drafts: K-SEQ, the most possible, and what is guaranteed"
        x={{ label: 'drafts', from: 1, to: 8, ticks: KS }}
        y={{ label: '% accepted', to: 100 }}
        height={240}
        lines={[
          { id: 'k-seq', label: 'K-SEQ', points: line(({ kSeq }) => kSeq) },
          {
            id: 'optimum',
            label: 'the most that independent drafts allow',
            points: line(({ optimum }) => optimum),
          },
          {
            id: 'guaranteed',
            label: 'what is guaranteed of K-SEQ',
            points: line((each) => (1 - (1 - 1 / each.k) ** each.k) * each.optimum),
          },
        ]}
        rules={[
          {
            label: `plain speculative sampling, ${formatSignificant(100 * result.acceptances[0]!.kSeq)} %`,
            y: 100 * result.acceptances[0]!.kSeq,
            isBelow: true,
          },
        ]}
        at={k}
        onPick={onPick}
      />
      <p className={reading.note}>
        With {drafts(k)}, K-SEQ accepts one with {formatSignificant(100 * at.kSeq)} %, and no method more than{' '}
        {formatSignificant(100 * at.optimum)} %. Means over {result.prompts * PLACES} places, computed
        exactly. In the {formatInteger(calls)} calls above, the first place had an accepted draft in{' '}
        {formatSignificant((100 * hits) / calls)} %, where {formatSignificant((100 * expected) / calls)} %
        were to be expected: a place behind a token that had to be drawn anew is a harder one.
      </p>
    </section>
  );
}

function bytesOf(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
