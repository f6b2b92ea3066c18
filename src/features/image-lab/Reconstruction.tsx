import { ModelFacts, ModelPicker } from './ModelPicker';
import { PictureCanvas } from './PictureCanvas';
import { PictureFrame } from './PictureFrame';
import { DIFFERENCE_GAIN } from './paint';
import { Readout } from './Readout';
import styles from './Stage.module.css';
import { opened } from './screen';
import { useSignal } from './signal';
import { Waiting } from './Waiting';

/** What the decoder makes of the first k tokens, with its figures; or how that differs from the original. */
export function Reconstruction({ difference = false }: { readonly difference?: boolean }) {
  const picture = useSignal(opened);
  if (difference) {
    return (
      <PictureFrame
        title="Difference"
        aside={`|original − reconstruction| × ${DIFFERENCE_GAIN}`}
        footer={<p className={styles.legend}>Black where both agree; brighter where more is lost.</p>}
      >
        {picture?.original ? (
          <PictureCanvas show="difference" />
        ) : (
          <p className={styles.missing}>There is no original to compare with.</p>
        )}
      </PictureFrame>
    );
  }
  return (
    <PictureFrame title={<ModelPicker />} aside={<ModelFacts />} footer={<Readout />}>
      {picture ? <PictureCanvas show="reconstruction" /> : null}
      <Waiting />
    </PictureFrame>
  );
}
