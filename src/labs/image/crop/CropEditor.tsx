import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type CropSquare, centreSquare, keptSquare, sameSquare, wholeSquare } from '../../../core/image/crop';
import { Button } from '../../../ui/Button';
import { useLab, useLabState } from '../lab-context';
import { type OpenPicture, samePicture } from '../source';
import styles from './CropEditor.module.css';
import { CropFrame } from './CropFrame';
import { afterKey, describeSquare } from './square-moves';

export interface CropEditorProps {
  readonly picture: OpenPicture;
}

/** The whole picture with the square that is encoded: dragged, resized, or moved by keys; encoded again when let go. */
export function CropEditor({ picture }: CropEditorProps) {
  const { session, cropping } = useLab();
  const wanted = useLabState((state) => state.wanted);
  const size = picture.size!;
  const asked = wanted && samePicture(wanted, picture.source) ? wanted : picture.source;
  const kept = (asked.kind === 'tokens' ? undefined : asked.crop) ?? centreSquare(size);
  /** What is being dragged; null while nothing is. */
  const [draft, setDraft] = useState<CropSquare | null>(null);
  const [first] = useState(kept);
  const hint = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>('[role="application"]')?.focus(), []);

  const square = draft ?? kept;
  const encode = (to: CropSquare) => {
    setDraft(null);
    session.crop(keptSquare(to, size));
  };
  const close = () => cropping.set(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape' || event.key === 'Enter') {
      event.preventDefault();
      if (draft) encode(draft);
      close();
      return;
    }
    const next = afterKey(square, event, size);
    if (!next) return;
    event.preventDefault();
    setDraft(next);
  };
  const choices = [
    { label: 'Centre', square: centreSquare(size) },
    { label: 'Fit whole picture', square: wholeSquare(size) },
  ].filter(({ square: one }, i) => i === 0 || !sameSquare(one, centreSquare(size)));

  return (
    <div ref={box} className={styles.editor}>
      <CropFrame
        file={picture.file!}
        name={picture.label}
        size={size}
        square={square}
        describedBy={hint}
        onDraft={setDraft}
        onLetGo={() => draft && encode(draft)}
        onGiveUp={() => setDraft(null)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.bar}>
        {choices.map(({ label, square: one }) => (
          <Button key={label} size="sm" pressed={sameSquare(square, one)} onClick={() => encode(one)}>
            {label}
          </Button>
        ))}
        <Button size="sm" variant="quiet" disabled={sameSquare(square, first)} onClick={() => encode(first)}>
          Reset
        </Button>
        <Button size="sm" variant="primary" className={styles.done} onClick={close}>
          Done
        </Button>
      </div>
      <p className="visually-hidden" role="status">
        {describeSquare(draft ? kept : square, size)}
      </p>
      <p id={hint} className={styles.hint}>
        Drag the square or its corners. Keys: arrows move it, with Shift faster; + and − resize it.
      </p>
    </div>
  );
}
