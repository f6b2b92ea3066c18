import { Button } from '../../ui/Button';
import { Progress } from '../../ui/Progress';
import { formatDuration } from '../../views/duration';
import { useSignal } from '../../views/signal';
import { useEstimate, withTime } from './estimate';
import type { Lane } from './lane';
import waiting from './Waiting.module.css';

/** Shows that a slow model is decoding and how long that takes; until then the previous picture stays, or a rough one. */
export function Decoding({ lane }: { readonly lane: Lane }) {
  const awaited = useSignal(lane.awaited);
  const shown = useSignal(lane.shown);
  const step = useSignal(lane.step);
  const estimate = useEstimate(lane, 'decode');
  if (awaited === null) return null;
  const isRough = shown?.isRough && shown.k === awaited;
  const verb = isRough ? 'Rough so far, decoding' : 'Decoding';
  const name = `${verb} ${awaited} ${awaited === 1 ? 'token' : 'tokens'}`;
  // The best estimate is what the previous frame took.
  const seconds = (shown?.ms ?? 0) / 1000;
  const label = seconds > 1 ? `${name}, about ${formatDuration(seconds)}` : withTime(name, estimate);
  const steps = step && step.of > 1 ? step : null;
  return (
    <div className={waiting.card} data-late>
      <div className={waiting.bar}>
        <Progress
          label={steps ? `${name}, step ${steps.step} of ${steps.of}` : label}
          name={name}
          share={steps ? steps.step / steps.of : undefined}
        />
      </div>
      <Button size="sm" variant="quiet" onClick={() => lane.giveUp()}>
        Stop
      </Button>
    </div>
  );
}
