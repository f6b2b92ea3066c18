import { useState } from 'react';
import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { Later } from '../../views/Later';
import { Facts } from '../../views/picture/Facts';
import { useSignal } from '../../views/signal';
import { useLab, useModel } from './lab-context';
import type { Lane } from './lane';
import { useMetric } from './metrics';
import styles from './Readout.module.css';
import { factOf, useValues, why } from './readout-facts';

const loadMore = async () => (await import('./MoreFigures')).MoreFigures;

/** Rate and quality of the frame that a lane shows: the chosen measure large, the others on demand. */
export function Readout({ lane }: { readonly lane: Lane }) {
  const { moreFigures } = useLab();
  const more = useSignal(moreFigures);
  const [asked, setAsked] = useState(false);
  const frame = useSignal(lane.shown);
  const chosen = useMetric();
  const measured = useValues(lane);
  const tokenBits = useModel(lane)?.tokens.bits ?? 0;
  // A codec has no tokens: a frame's k is then the bytes of its file.
  const isFile = frame?.file !== undefined;
  const bits = isFile ? 8 : tokenBits;
  const reason = frame && measured(chosen) === undefined ? why(lane, chosen, true) : '';
  return (
    <div className={styles.readout}>
      <Facts
        facts={[
          { ...factOf(chosen, measured(chosen)), main: true },
          ...(isFile ? [] : [{ label: 'Tokens', value: frame ? String(frame.k) : '–' }]),
          { label: 'Size', value: frame ? formatBytes(Math.ceil((frame.k * bits) / 8)) : '–' },
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
