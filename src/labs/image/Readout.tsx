import { useState } from 'react';
import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { Later } from '../../views/Later';
import { Facts } from '../../views/picture/Facts';
import { useSignal } from '../../views/signal';
import { useLab } from './lab-context';
import type { Lane } from './lane';
import { useMetric } from './metrics';
import styles from './Readout.module.css';
import { factOf, useValues, weightOf, why } from './readout-facts';

const loadMore = async () => (await import('./MoreFigures')).MoreFigures;

/** Rate and quality of the frame that a lane shows: the chosen measure large, the others on demand. */
export function Readout({ lane }: { readonly lane: Lane }) {
  const { moreFigures, models } = useLab();
  const more = useSignal(moreFigures);
  const [asked, setAsked] = useState(false);
  const frame = useSignal(lane.shown);
  const chosen = useMetric();
  const measured = useValues(lane);
  const weight = weightOf(lane, models);
  const reason = frame && measured(chosen) === undefined ? why(lane, chosen, true) : '';
  return (
    <div className={styles.readout}>
      <Facts
        facts={[
          { ...factOf(chosen, measured(chosen)), main: true },
          ...(weight && weight.tokens === undefined
            ? []
            : [{ label: 'Tokens', value: weight ? String(weight.tokens) : '–' }]),
          { label: 'Size', value: weight ? formatBytes(weight.bytes) : '–' },
        ]}
      />
      <Button
        size="sm"
        variant="quiet"
        className={styles.more}
        icon={<Icon name="down" size={14} />}
        aria-label="More figures"
        aria-expanded={more}
        onClick={() => {
          setAsked(true);
          moreFigures.set(!more);
        }}
      />
      {reason ? <p className={styles.reason}>{reason}</p> : null}
      {more ? <Later load={loadMore} props={{ lane, asked }} /> : null}
    </div>
  );
}
