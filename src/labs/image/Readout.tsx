import { formatBytes, formatSignificant } from '../../ui/format';
import { Facts } from './Facts';
import { type Lane, secondLane } from './lane';
import { useSignal } from './signal';
import { useModel } from './store';

/** Rate and quality of the frame that a lane shows. */
export function Readout({ lane }: { readonly lane: Lane }) {
  const frame = useSignal(lane.shown);
  const bits = useModel(lane === secondLane ? 'second' : 'model')?.tokens.bits ?? 0;
  const metric = (name: string, format: (value: number) => string) => {
    const value = frame?.metrics[name];
    return value === undefined ? '–' : format(value);
  };
  return (
    <Facts
      facts={[
        { label: 'Tokens', value: frame ? String(frame.k) : '–' },
        { label: 'Size', value: frame ? formatBytes(Math.ceil((frame.k * bits) / 8)) : '–' },
        {
          label: 'Bits/px',
          value: frame ? formatSignificant((frame.k * bits) / (frame.width * frame.height)) : '–',
        },
        { label: 'PSNR', value: metric('psnr', formatSignificant), unit: 'dB' },
        { label: 'SSIM', value: metric('ssim', formatSignificant) },
      ]}
    />
  );
}
