import { useEffect, useId, useState } from 'react';
import { tokenPieces } from '../../../../core/text/display';
import type { CutState, MergePlayed } from '../../../../core/text/vocabulary-cut';
import { Button } from '../../../../ui/Button';
import { formatInteger } from '../../../../ui/format';
import { RareIcon } from '../../../../ui/RareIcon';
import { Select } from '../../../../ui/Select';
import { TokenPieces } from '../../../../views/token-text/TokenPieces';
import { useMedia } from '../../use-media';
import styles from './Player.module.css';

/** Steps a second. */
const SPEEDS = [
  { id: '1', name: '1 a second' },
  { id: '4', name: '4 a second' },
  { id: '15', name: '15 a second' },
  { id: '60', name: 'as fast as it goes' },
];

export interface PlayerProps {
  /** What is on screen; null before anything is. */
  readonly cut: CutState | null;
  /** The tokenizer's name. */
  readonly label: string;
  /** Whether what is on screen is not yet what was asked for. */
  readonly isBehind: boolean;
  readonly onMove: (size: number) => void;
}

/** Goes through the merges that happen in the text, in the order in which they come in. */
export function Player({ cut, label, isBehind, onMove }: PlayerProps) {
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState('4');
  const field = useId();
  const isStill = useMedia('(prefers-reduced-motion: reduce)');
  const position = cut?.position;
  const next = position?.next ?? null;
  const isOn = isPlaying && !isStill;
  useEffect(() => {
    if (!isOn || isBehind) return;
    if (next === null) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => onMove(next), 1000 / Number(speed));
    return () => clearTimeout(timer);
  }, [isOn, isBehind, next, speed, onMove]);

  if (!cut) return null;
  if (!position) {
    return (
      <p className={styles.none}>
        {label} has no merges to play: its tokens are chosen by{' '}
        {cut.by === 'scores' ? 'their scores' : 'length'}. The slider cuts its vocabulary.
      </p>
    );
  }
  const { reached, count, previous, last } = position;
  const play = () => {
    if (next === null && !isPlaying) onMove(cut.smallest);
    setPlaying(!isPlaying);
  };
  const step = (size: number | null) => {
    setPlaying(false);
    if (size !== null) onMove(size);
  };
  return (
    <div className={styles.player}>
      <div className={styles.controls}>
        <Button
          size="sm"
          icon={<RareIcon name="back" />}
          aria-label="One merge back"
          disabled={previous === null}
          onClick={() => step(previous)}
        />
        {isStill ? null : (
          <Button
            size="sm"
            variant="primary"
            icon={<RareIcon name={isOn ? 'pause' : 'play'} />}
            onClick={play}
            disabled={count === 0}
          >
            {isOn ? 'Pause' : 'Play'}
          </Button>
        )}
        <Button
          size="sm"
          icon={<RareIcon name="step" />}
          aria-label="One merge on"
          disabled={next === null}
          onClick={() => step(next)}
        />
        {isStill ? null : (
          <>
            <label htmlFor={field} className="visually-hidden">
              Speed
            </label>
            <Select id={field} value={speed} options={SPEEDS} onChange={setSpeed} />
          </>
        )}
        <span className={styles.place}>
          {formatInteger(reached)} of {formatInteger(count)} merges in this text
        </span>
      </div>
      <p className={styles.said} aria-live={isOn ? 'off' : 'polite'}>
        {last.length === 0
          ? 'Nothing has merged yet.'
          : last.slice(0, 3).map((merge, i) => (
              <span key={`${merge.number} ${i.toString()}`}>
                {i > 0 ? 'Then ' : ''}
                <Merge merge={merge} isFirst={i === 0} />
              </span>
            ))}
        {last.length > 3 ? ` And ${formatInteger(last.length - 3)} more that these make possible.` : ''}
      </p>
    </div>
  );
}

function Merge({ merge, isFirst }: { readonly merge: MergePlayed; readonly isFirst: boolean }) {
  const { number, left, right, made, places } = merge;
  return (
    <>
      {isFirst ? 'Merge' : 'merge'} {formatInteger(number)}:{' '}
      {left && right ? (
        <>
          <Token bytes={left} /> + <Token bytes={right} /> → <Token bytes={made} />
        </>
      ) : (
        <>
          <Token bytes={made} /> is taken whole
        </>
      )}
      , {formatInteger(places)} {places === 1 ? 'place' : 'places'}.{' '}
    </>
  );
}

/** A token in quotation marks, its white space visible. */
function Token({ bytes }: { readonly bytes: Uint8Array }) {
  return (
    <span className={styles.token}>
      “<TokenPieces pieces={tokenPieces(bytes, 0, bytes.length)} showWhitespace />”
    </span>
  );
}
