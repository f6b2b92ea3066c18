import { useMemo } from 'react';
import { ScaleSlider } from '../../ui/ScaleSlider';
import { TokenTrack } from './TokenTrack';
import { tokenScale } from './token-scale';

export interface BudgetSliderProps {
  /** How many tokens are kept, 1..count. */
  readonly k: number;
  readonly count: number;
  /** Bits of a token. */
  readonly bits: number;
  /** What each token adds, 0 to 1, by index; NaN where that is not known. Null or absent where nothing is. */
  readonly energy?: Float32Array | null;
  readonly onChange: (k: number) => void;
  /** The token (from 0) under a mouse that hovers, or null. */
  readonly onInspect?: (index: number | null) => void;
  /** Called with the keys that are not the slider's own. */
  readonly onKey?: (key: string) => void;
}

const STEPS: Readonly<Record<string, number>> = { '+': 1, '=': 1, '-': -1 };

/** How many tokens are kept, on a scale on which every doubling is as wide as another; on its track, what each token adds. */
export function BudgetSlider(props: BudgetSliderProps) {
  const { k, count, bits, energy = null, onChange, onInspect, onKey } = props;
  const scale = useMemo(() => tokenScale(count), [count]);
  return (
    <ScaleSlider
      label="Tokens kept"
      scale={scale}
      nameOf={String}
      // Every other one, counted from the end, where ten of them stand close.
      isMinor={(_, at) => scale.marks.length > 10 && (scale.marks.length - at) % 2 === 0}
      value={k}
      valueText={`${k} of ${count} tokens, ${Math.ceil((k * bits) / 8)} bytes`}
      onChange={onChange}
      onHover={(cell) => onInspect?.(cell === null ? null : cell - 1)}
      onKey={(key) => {
        const step = STEPS[key];
        if (step === undefined) onKey?.(key);
        else onChange(Math.min(count, Math.max(1, k + step)));
      }}
    >
      <TokenTrack scale={scale} k={k} energy={energy} />
    </ScaleSlider>
  );
}
