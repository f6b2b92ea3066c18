import { Button } from '../../../ui/Button';
import { Segmented } from '../../../ui/Segmented';
import { useSignal } from '../../../views/signal';
import { useLab, useLabState } from '../lab-context';
import { useFromLink } from '../receiver/use-from-link';
import styles from './LinkedControl.module.css';
import type { LinkedBy } from './position';

const OPTIONS = [
  { value: 'bytes', label: 'Bytes' },
  { value: 'tokens', label: 'Tokens' },
  { value: 'quality', label: 'Quality' },
] as const satisfies readonly { value: LinkedBy; label: string }[];

/** What the lanes have in common: as many bytes, as many tokens, or the same quality. */
export function LinkedControl() {
  const { session, original } = useLab();
  const linked = useLabState((state) => state.linked);
  const isSeveral = useLabState(({ lanes }) => lanes.length > 1);
  const side = useLabState(({ view }) => view === 'side');
  const fromLink = useFromLink();
  const inPlace = useSignal(original);
  if (!isSeveral) return null;
  return (
    <span className={styles.control}>
      <span className={styles.name}>At equal</span>
      <Segmented
        size="sm"
        label="Lanes at equal"
        options={OPTIONS}
        value={linked}
        onChange={(next) => session.setLinked(next)}
      />
      {side && !fromLink ? (
        <Button
          size="sm"
          className={styles.original}
          pressed={inPlace}
          title="Show the original in the place of the first picture"
          onClick={() => original.set(!inPlace)}
        >
          Original
        </Button>
      ) : null}
    </span>
  );
}
