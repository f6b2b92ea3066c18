import { formatInteger } from '../../ui/format';
import { ScaleSlider } from '../../ui/ScaleSlider';
import { ScaleTrack } from '../../ui/ScaleTrack';
import { type SizeScale, shortSize } from './size-scale';

export interface VocabularySliderProps {
  readonly scale: SizeScale;
  readonly size: number;
  /** The sizes that the chosen vocabulary can have. */
  readonly smallest: number;
  readonly largest: number;
  /** Tokens of the text at this size; null while they are not known. */
  readonly tokens: number | null;
  readonly onChange: (size: number) => void;
  /** Called with the keys that are not the slider's own. */
  readonly onKey: (key: string) => void;
}

/** The token-count slider for text: a vocabulary's size on a logarithmic scale. */
export function VocabularySlider(props: VocabularySliderProps) {
  const { scale, size, smallest, largest, tokens, onChange, onKey } = props;
  const shown = Math.min(scale.max, Math.max(scale.min, size));
  return (
    <ScaleSlider
      scale={scale}
      nameOf={shortSize}
      isMinor={(mark) => !/^1/.test(String(mark))}
      label="Size of the vocabulary"
      value={shown}
      valueText={`${formatInteger(shown)} entries${tokens === null ? '' : `, ${formatInteger(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`}`}
      onChange={onChange}
      onKey={onKey}
    >
      <ScaleTrack
        from={scale.shareOf(smallest)}
        to={scale.shareOf(largest)}
        kept={scale.shareOf(Math.min(largest, Math.max(smallest, shown)))}
      />
    </ScaleSlider>
  );
}
