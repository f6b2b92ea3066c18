import { Button } from '../../../ui/Button';
import { useSignal } from '../../../views/signal';
import { useLab, useLabState } from '../lab-context';
import type { Lane } from '../lane';
import note from '../PrefixNote.module.css';
import styles from './CropButton.module.css';

export interface CropButtonProps {
  readonly lane: Lane;
  /** Below the lane's own picture, for views without the original: then it is offered only for what is cut. */
  readonly below?: boolean;
}

/** Opens the editor of the square that is encoded, where the picture itself is here. */
export function CropButton({ lane, below = false }: CropButtonProps) {
  const { cropping } = useLab();
  const picture = useSignal(lane.opened);
  const view = useLabState((state) => state.view);
  const editing = useSignal(cropping) !== null;
  if (!picture?.file || !picture.size || picture.source.kind === 'tokens' || editing) return null;
  const open = () => cropping.set(picture.source);
  if (!below) {
    return (
      <Button size="sm" variant="quiet" onClick={open}>
        Crop
      </Button>
    );
  }
  const cut = picture.notes.find(({ code }) => code === 'cropped');
  if (!cut) return null;
  return (
    <p className={note.note} data-view={view}>
      <span className={styles.offer} data-view={view}>
        {cut.text}{' '}
        <button type="button" className={note.link} onClick={open}>
          Crop
        </button>
      </span>
    </p>
  );
}
