import { formatBytes } from '../../../ui/format';
import { FilePicker } from '../../../views/pickers/FilePicker';
import { useSignal } from '../../../views/signal';
import { useLab, useLabState, useLead, useModel } from '../lab-context';
import { ACCEPTED } from './accepted';
import styles from './Receiver.module.css';

/** Beside a picture that came as tokens only: what travelled and what could not, and the way to a picture of one's own. */
export function Receiver() {
  const { intake, models } = useLab();
  const lead = useLead();
  const picture = useSignal(lead.opened);
  const bits = useModel(lead)?.tokens.bits ?? 0;
  const count = picture?.ids.length;
  const several = useLabState(({ lanes }) => lanes.length > 1);
  const source = useLabState((state) => state.wanted ?? state.source);
  const files = (source?.kind === 'tokens' && source.sent?.lanes.filter(({ file }) => file)) || [];
  const also =
    files.length === 0
      ? ''
      : ` and ${files.map(({ model, file }) => `a ${models.label(model)} file of ${formatBytes(file!.length)}`).join(' and ')}`;
  return (
    <section className={styles.receiver} data-several={several || undefined} aria-label="About this link">
      <p>
        {count === undefined
          ? 'Only tokens came in this link.'
          : `Only ${count} tokens (${formatBytes(Math.ceil((count * bits) / 8))})${also} came in this link.`}{' '}
        What is here is drawn from {also ? 'these' : 'them'}, on this device.
      </p>
      <p>The photograph did not travel, so what is lost of it cannot be shown or measured here.</p>
      <div className={styles.own}>
        <FilePicker accept={ACCEPTED} onPick={(files) => void intake.pick(files)}>
          Try your own picture
        </FilePicker>
        <p className={styles.hint}>Or drop it anywhere. It stays on this device.</p>
      </div>
    </section>
  );
}
