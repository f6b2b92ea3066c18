import { type KeyboardEvent, useRef, useState } from 'react';
import { samples } from '../../catalog/pictures';
import { useLeisure } from '../../views/leisure';
import { useLab, useLabState } from './lab-context';
import styles from './SampleStrip.module.css';

/** The project's own pictures: a toolbar of thumbnails, arrows move, Enter opens. */
export function SampleStrip() {
  const { session } = useLab();
  const current = useLabState(({ wanted, source }) => {
    const picture = wanted ?? source;
    return picture?.kind === 'sample' ? picture.id : undefined;
  });
  const strip = useRef<HTMLDivElement>(null);
  const isTime = useLeisure();
  const [focused, setFocused] = useState<string>();
  const stop = focused ?? current ?? samples[0]?.id;

  const onKeyDown = (event: KeyboardEvent) => {
    const at = samples.findIndex(({ id }) => id === stop);
    const last = samples.length - 1;
    const to = { ArrowRight: Math.min(last, at + 1), ArrowLeft: Math.max(0, at - 1), Home: 0, End: last }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    strip.current?.querySelectorAll('button')[to]?.focus();
  };

  return (
    <div ref={strip} role="toolbar" aria-label="Samples" className={styles.strip} onKeyDown={onKeyDown}>
      {samples.map(({ id, label, thumbnail }) => (
        <button
          key={id}
          type="button"
          className={styles.sample}
          aria-label={label}
          aria-pressed={id === current}
          title={label}
          tabIndex={id === stop ? 0 : -1}
          onFocus={() => setFocused(id)}
          onBlur={() => setFocused(undefined)}
          onClick={() => session.openSample(id)}
        >
          <img src={isTime ? thumbnail : undefined} alt="" width="40" height="40" draggable={false} />
        </button>
      ))}
    </div>
  );
}
