import { useId } from 'react';
import { formatInteger, formatSignificant } from '../../ui/format';
import { Segmented } from '../../ui/Segmented';
import { DraftTree } from '../../views/draft-tree/DraftTree';
import { CallStepper, WrittenByCalls } from '../../views/draft-tree/WrittenByCalls';
import reading from '../../views/experiment/reading.module.css';
import settings from '../../views/experiment/settings.module.css';
import type { Result, State } from './experiment';
import type { Run, Shape, ShownNode } from './runs';
import styles from './View.module.css';

const shapes: readonly { value: Shape; label: string }[] = [
  { value: 'dynamic', label: 'by estimate' },
  { value: 'fixed', label: 'fixed' },
  { value: 'chain', label: 'chain' },
];

interface TreePictureProps {
  readonly result: Result;
  readonly run: Run;
  readonly state: State;
  readonly onChange: (state: State) => void;
}

/** One call's tree, as far as it has grown, and what has been written. */
export function TreePicture({ result, run, state, onChange }: TreePictureProps) {
  const slider = useId();
  const { vocabulary, prompt } = result;
  const call = Math.min(state.call, run.steps.length);
  const step = run.steps[call - 1]!;
  const written = run.steps.map(({ ids }) => ids);
  const before = [...prompt, ...written.slice(0, call - 1).flat()].slice(-10);
  const drafted = step.nodes.length - 1;
  const grown = state.grown === 0 ? drafted : Math.min(state.grown, drafted);
  const isWhole = grown === drafted;
  // While it grows, nothing is known of what the target will say.
  const nodes = step.nodes.map((node, i) => ({
    ...node,
    fate: isWhole ? node.fate : ('unread' as const),
    ...(node.fate !== 'own' && { mark: String(i + 1), note: noteOf(node, i) }),
  }));
  const accepted = step.ids.length - 1;
  return (
    <div className={reading.part}>
      <div className={styles.bar}>
        <Segmented
          label="Shape of the tree"
          size="sm"
          options={shapes}
          value={state.shape}
          onChange={(shape) => onChange({ ...state, shape })}
        />
        <CallStepper
          call={call}
          calls={run.steps.length}
          onChange={(next) => onChange({ ...state, call: next })}
        />
        <div className={settings.setting}>
          <label htmlFor={slider}>Grown to</label>
          <input
            id={slider}
            type="range"
            min={1}
            max={drafted}
            value={grown}
            onChange={({ target }) => {
              const next = Number(target.value);
              onChange({ ...state, grown: next === drafted ? 0 : next });
            }}
          />
          <output htmlFor={slider} className="mono">
            {grown} of {drafted}
          </output>
        </div>
      </div>
      <div data-thumbnail>
        <DraftTree
          label={
            isWhole
              ? `A tree of ${drafted} drafted tokens: ${accepted} are accepted, and one more is the target model’s own`
              : `A tree that has grown to ${grown} of ${drafted} drafted tokens`
          }
          nodes={nodes}
          vocabulary={vocabulary}
          before={Uint8Array.from(before.flatMap((id) => [...vocabulary[id]!]))}
          grown={isWhole ? nodes.length : grown}
        />
      </div>
      <p className={reading.note}>
        {isWhole ? (
          <>
            This call looked at {formatInteger(drafted + 1)} places in one batch and gave{' '}
            <strong>
              {step.ids.length} {step.ids.length === 1 ? 'token' : 'tokens'}
            </strong>
            : {accepted} drafted, 1 of the target model’s own. The small numbers say in which order the tokens
            were added.
          </>
        ) : (
          <Next node={step.nodes[grown]!} at={grown} shape={run.shape} nodes={step.nodes} />
        )}
      </p>
      <WrittenByCalls vocabulary={vocabulary} prompt={prompt} calls={written} call={call} />
    </div>
  );
}

interface NextProps {
  readonly node: ShownNode;
  /** Its place in the list. */
  readonly at: number;
  readonly shape: Shape;
  readonly nodes: readonly ShownNode[];
}

/** Where the next token goes. */
function Next({ node, at, shape, nodes }: NextProps) {
  const sibling = nodes.slice(0, at).findLast(({ parent }) => parent === node.parent);
  const where = sibling
    ? `beside token ${nodes.indexOf(sibling) + 1}`
    : node.parent < 0
      ? 'at the top'
      : `behind token ${node.parent + 1}`;
  const estimate = node.share > 0 ? node.reach / node.share : 0;
  return (
    <>
      Next comes token {at + 1}, {where}
      {shape === 'dynamic'
        ? `: of all open places this has the highest estimate of being tried, ${formatSignificant(estimate)}.`
        : `, whose estimate of being tried is ${formatSignificant(estimate)}: the shape asks for it, not the estimate.`}
    </>
  );
}

function noteOf({ share, reach }: ShownNode, at: number): string {
  return `token ${at + 1}: drawn with probability ${formatSignificant(share)}; estimate that it is reached and accepted ${formatSignificant(reach)}`;
}
