import { formatBytes, formatSignificant } from '../../ui/format';
import { Facts } from '../../views/picture/Facts';
import { useSignal } from '../../views/signal';
import { useModel } from './lab-context';
import type { Lane } from './lane';
import { shownMetrics, useMetric, usePoints } from './metrics';

/** Rate and quality of the frame that a lane shows: two measures, one of them the chosen one. */
export function Readout({ lane }: { readonly lane: Lane }) {
  const frame = useSignal(lane.shown);
  const points = usePoints(lane);
  const chosen = useMetric();
  const tokenBits = useModel(lane)?.tokens.bits ?? 0;
  // A codec has no tokens: a frame's k is then the bytes of its file.
  const isFile = frame?.file !== undefined;
  const bits = isFile ? 8 : tokenBits;
  const [first, second] = shownMetrics;
  const pair = chosen.id === first!.id ? [first!, second!] : [first!, chosen];
  return (
    <Facts
      facts={[
        ...(isFile ? [] : [{ label: 'Tokens', value: frame ? String(frame.k) : '–' }]),
        { label: 'Size', value: frame ? formatBytes(Math.ceil((frame.k * bits) / 8)) : '–' },
        {
          label: 'Bits/px',
          value: frame ? formatSignificant((frame.k * bits) / (frame.width * frame.height)) : '–',
        },
        ...pair.map(({ id, label, unit }) => {
          const value = frame?.metrics[id] ?? points[frame?.k ?? 0]?.metrics[id];
          return { label, value: value === undefined ? '–' : formatSignificant(value), unit };
        }),
      ]}
    />
  );
}
