import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import styles from './LaneWaiting.module.css';
import { useLab } from './lab-context';
import type { Lane } from './lane';

/** Removes the lane. */
export function CloseLane({ lane }: { readonly lane: Lane }) {
  const { session } = useLab();
  return (
    <Button
      size="sm"
      variant="quiet"
      className={styles.close}
      icon={<Icon name="close" size={14} />}
      aria-label="Stop comparing"
      onClick={() => session.removeLane(lane)}
    />
  );
}
