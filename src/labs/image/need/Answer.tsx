import { Button } from '../../../ui/Button';
import { formatBytes, formatSignificant } from '../../../ui/format';
import { Progress } from '../../../ui/Progress';
import { reveal } from '../../../ui/reveal';
import { useSignal } from '../../../views/signal';
import { useLab, useLabState, useModel } from '../lab-context';
import type { Lane } from '../lane';
import styles from './NeedPanel.module.css';
import type { NeedQuestion } from './need-model';
import { bytesOf } from './need-model';
import { OwnAnswer } from './OwnAnswer';
import { measureOf } from './protocol';
import type { LaneNeed } from './use-lane-need';

export interface AnswerProps {
  readonly lane: Lane;
  readonly question: NeedQuestion;
  /** Null where there is nothing to measure against. */
  readonly found: LaneNeed | null;
  readonly onCancel: () => void;
  readonly onSearch: (method?: 'scan') => void;
}

/** One model's answer: the smallest k, what it costs, and how it was found. */
export function Answer(props: AnswerProps) {
  return (
    <li className={styles.answer} aria-busy={props.found?.phase === 'searching'}>
      <Searched {...props} />
      <OwnAnswer lane={props.lane} />
    </li>
  );
}

function Searched({ lane, question, found, onCancel, onSearch }: AnswerProps) {
  const { session, models, stage } = useLab();
  const model = useModel(lane);
  const picture = useSignal(lane.opened);
  const k = useLabState((state) => state.k);
  if (!model) return null;
  const { label, unit } = measureOf(question.measure);
  const say = (quality: number) => `${formatSignificant(quality)}${unit && ` ${unit}`}`;
  const count = picture?.ids.length ?? model.tokens.count;
  const name = <p className={styles.model}>{models.label(model.id)}</p>;
  if (!found) {
    const why =
      picture && !picture.original
        ? 'Quality is measured against the original, which is not in this link.'
        : 'Waiting for the picture.';
    return (
      <>
        {name}
        <p className={styles.how}>{why}</p>
      </>
    );
  }
  const show = (at: number) => {
    session.setK(at);
    reveal(stage.get()); // the pictures are above what is read here
  };
  const { need, phase, method, points, problem } = found;
  if (phase === 'searching') {
    return (
      <>
        {name}
        <div className={styles.searching}>
          <Progress
            name={`Searching with ${model.label}`}
            label={points.size === 1 ? '1 prefix decoded' : `${points.size} prefixes decoded`}
            share={method === 'scan' ? points.size / count : undefined}
          />
          <Button size="sm" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </>
    );
  }
  if (!need) {
    return (
      <>
        {name}
        <p className={styles.how}>
          {problem ? `${problem.message} ${problem.hint}` : 'The search was stopped.'}
        </p>
        <Button size="sm" onClick={() => onSearch()}>
          Search again
        </Button>
      </>
    );
  }
  if (Number.isNaN(need.quality)) {
    return (
      <>
        {name}
        <p className={styles.how}>{label} does not take pictures of this size.</p>
      </>
    );
  }
  const reached = need.k;
  return (
    <>
      {name}
      {reached === null ? (
        <p className={styles.figure}>
          <strong className={styles.words}>Not reached:</strong> all {count} tokens give {say(need.quality)}.
        </p>
      ) : (
        <p className={styles.figure}>
          <strong>{reached}</strong> {reached === 1 ? 'token' : 'tokens'} of {count},{' '}
          {formatBytes(bytesOf(model, reached))}: {say(need.quality)}
        </p>
      )}
      <p className={styles.how}>{howFound(need.method, reached, model.tokens.ordered)}</p>
      <div className={styles.actions}>
        {reached === null ? null : (
          <Button size="sm" disabled={reached === k} onClick={() => show(reached)}>
            {reached === k ? 'On screen' : 'Show it'}
          </Button>
        )}
        {need.method === 'bisection' ? (
          <Button variant="quiet" size="sm" onClick={() => onSearch('scan')}>
            Check every number
          </Button>
        ) : null}
      </div>
    </>
  );
}

function howFound(method: 'scan' | 'bisection', k: number | null, ordered: boolean): string {
  if (!ordered) return 'This model draws from all its tokens only.';
  if (k === null && method !== 'bisection') return 'Every number was decoded.';
  if (method === 'bisection') return 'Found by bisection: exact as long as more tokens never look worse.';
  return k === 1 ? 'One token is enough.' : `Every smaller number was decoded, and none reaches it.`;
}
