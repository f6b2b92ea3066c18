import { tokenFacts } from '../../../core/image/token-facts';
import { estimateSeconds, memoryNeeded, workOn } from '../../../engine/weights/fit';
import { type CheckpointPlan, downloadBytes } from '../../../engine/weights/plan';
import { Button } from '../../../ui/Button';
import { formatBytes, formatInteger, formatSignificant } from '../../../ui/format';
import { Notice } from '../../../ui/Notice';
import { Progress } from '../../../ui/Progress';
import { formatDuration } from '../../../views/duration';
import { useCheckpoints, useLab, useSettings } from '../lab-context';
import styles from './AddCheckpoint.module.css';
import { keep, lookAtOther, misfit, putAway, stop } from './actions';
import { useAdding } from './adding';
import { FactList } from './FactList';
import { PrecisionChoice } from './PrecisionChoice';

/** What a checkpoint is, how much space and time it takes, and the button that fetches it. */
export function Found({ plan }: { readonly plan: CheckpointPlan }) {
  const lab = useLab();
  const { phase, stored, device, isLasting } = useAdding((state) => state);
  const refusal = misfit(lab, plan, device);
  const isLocal = plan.origin.kind === 'files';
  const left = downloadBytes(plan) - stored;
  const verb = isLocal ? 'Add' : stored > 0 ? 'Resume downloading' : 'Download';
  return (
    <section className={styles.found} aria-label="What was found">
      <h3 className={styles.name}>{plan.name}</h3>
      <p className={styles.origin}>{originOf(plan)}</p>
      <OtherWeights plan={plan} />
      <States plan={plan} />
      <Facts plan={plan} free={device.free} />
      {phase === 'keeping' ? null : <PrecisionChoice plan={plan} />}
      {phase === 'keeping' ? (
        <Keeping isLocal={isLocal} />
      ) : refusal ? (
        <Notice tone="warning" title={refusal.message}>
          {refusal.hint}
        </Notice>
      ) : (
        <div className={styles.row}>
          <Button variant="primary" onClick={() => void keep(lab)}>
            {verb} ({formatBytes(left)})
          </Button>
          <Button variant="quiet" onClick={() => putAway(lab)}>
            Not now
          </Button>
        </div>
      )}
      {phase === 'keeping' ? null : <Replaced plan={plan} />}
      {isLasting === false ? (
        <p className={styles.small}>
          This browser did not promise to keep it: it may delete it when the disk fills up, or when the page
          is not visited for long. {isLocal ? 'Keep the files' : 'It can then be downloaded again'}.
        </p>
      ) : null}
    </section>
  );
}

/** How many other files of weights have a button. */
const OFFERED = 4;

/** Which weights were taken, where there are several, and a way to the others. */
function OtherWeights({ plan }: { readonly plan: CheckpointPlan }) {
  const lab = useLab();
  const busy = useAdding(({ phase }) => phase !== 'found');
  if (!plan.choice) return null;
  const { taken, others } = plan.choice;
  const more = others.length - OFFERED;
  return (
    <div className={styles.choice}>
      <p>
        There are several weights: these are <code>{taken}</code>. Look instead at
      </p>
      <ul>
        {others.slice(0, OFFERED).map((path) => (
          <li key={path}>
            <Button size="sm" disabled={busy} onClick={() => void lookAtOther(lab, path)}>
              {path}
            </Button>
          </li>
        ))}
      </ul>
      {more > 0 ? <p>and {more} more, each by the address of its file.</p> : null}
    </div>
  );
}

/** Which state of the network was taken, where training has saved several in one file. */
function States({ plan: { states } }: { readonly plan: CheckpointPlan }) {
  if (!states) return null;
  const others = new Intl.ListFormat('en').format(states.others.map(nameOfState));
  return (
    <p className={styles.small}>
      The file holds the network more than once: taken is <code>{nameOfState(states.taken)}</code>, not{' '}
      {others}. Averaged weights come first, as they are those that are published.
    </p>
  );
}

function nameOfState(path: string): string {
  return path === '' ? 'what stands at its top' : path;
}

function Facts({ plan, free }: { readonly plan: CheckpointPlan; readonly free: number | undefined }) {
  const { family, image, tokens, sampler, parameters, bytes } = plan;
  const fetched = downloadBytes(plan);
  const words = tokenFacts(tokens, formatInteger);
  const facts: [string, string][] = [
    ['Family', family],
    ['Picture', `${image.width} × ${image.height} px`],
    ['Tokens', words.tokens],
    ['Codebook', `${words.codebook}, ${words.bits}`],
    // A step of a large flow takes seconds on a CPU.
    ...(sampler
      ? ([['Drawn in', `${sampler.default} steps; WebGPU recommended`]] as [string, string][])
      : []),
    ['Parameters', parameters === null ? 'not stated' : formatCount(parameters)],
    ['Size', sizeOf(bytes, fetched)],
    // Chromium says ten gibibytes at most.
    ['Free here', free === undefined ? 'not known' : `up to ${formatBytes(free)}`],
    ['Memory', `about ${formatBytes(memoryNeeded(plan))}`],
    ['Time', useTime(plan)],
  ];
  return <FactList facts={facts} />;
}

/** The size of what is kept, and of what it comes out of where that shows. */
function sizeOf(bytes: number, fetched: number): string {
  const [kept, source] = [formatBytes(bytes), formatBytes(fetched)];
  return kept === source ? kept : `${kept}, out of ${source}`;
}

/** Warns that a copy in the other precision will be replaced: a name has one copy only. */
function Replaced({ plan }: { readonly plan: CheckpointPlan }) {
  const kept = useCheckpoints(({ checkpoints }) => checkpoints.find(({ id }) => id === plan.id));
  if (!kept || kept.precision === plan.precision) return null;
  return (
    <p className={styles.small}>
      It is on this device in {kept.precision} precision, {formatBytes(kept.bytes)}, which this replaces.
    </p>
  );
}

/** Seconds a picture takes, estimated from what was measured here, or from what such devices usually do. */
function useTime(plan: CheckpointPlan): string {
  const report = useSettings((state) => state.report);
  const pace = useAdding((state) => state.pace);
  const { backend, threads } = report ?? { backend: 'wasm', threads: 1 };
  const work = workOn(backend, plan);
  if (!work) return 'not known';
  const estimate = (count: number) => formatDuration(estimateSeconds(count, backend, threads, pace));
  return `very roughly ${estimate(work.encode)} to encode, ${estimate(work.decode)} to decode (${backend === 'wasm' ? 'WASM' : 'WebGPU'})`;
}

function Keeping({ isLocal }: { readonly isLocal: boolean }) {
  const lab = useLab();
  return (
    <div className={styles.row}>
      <div className={styles.grow}>
        <KeepingBar isLocal={isLocal} />
      </div>
      <Button size="sm" onClick={() => stop(lab)}>
        Cancel
      </Button>
    </div>
  );
}

/** How far keeping what was found is. */
export function KeepingBar({ isLocal }: { readonly isLocal: boolean }) {
  const progress = useAdding((state) => state.progress);
  const label = isLocal ? 'Copying' : 'Downloading';
  const left = progress?.secondsLeft;
  return (
    <Progress
      label={left === undefined ? label : `${label}, ${formatDuration(left)} left`}
      name={label}
      loaded={progress?.loaded}
      total={progress?.total}
    />
  );
}

function originOf({ origin }: CheckpointPlan): string {
  switch (origin.kind) {
    case 'hub':
      return `${origin.repository} at commit ${origin.commit.slice(0, 8)}, ${new URL(origin.hub).host}`;
    case 'url':
      return origin.url;
    case 'files':
      return 'From your files';
  }
}

function formatCount(count: number): string {
  return count >= 1e9
    ? `${formatSignificant(count / 1e9)} billion`
    : count >= 1e6
      ? `${formatSignificant(count / 1e6)} million`
      : formatInteger(count);
}
