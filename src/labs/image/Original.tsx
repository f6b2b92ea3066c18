import { samples } from '../../catalog/pictures';
import { formatBytes, formatInteger } from '../../ui/format';
import { Later } from '../../views/Later';
import { type Fact, Facts } from '../../views/picture/Facts';
import { PictureFrame } from '../../views/picture/PictureFrame';
import { useSignal } from '../../views/signal';
import { useCropping } from './crop/use-cropping';
import { LabCanvas } from './LabCanvas';
import { useLabState, useLead } from './lab-context';
import { useLaneParts } from './lane-parts';
import styles from './Original.module.css';

const loadEditor = async () => (await import('./crop/CropEditor')).CropEditor;

/** The picture as the model sees it. */
export function Original() {
  const lead = useLead();
  const picture = useSignal(lead.opened);
  const begun = useSignal(lead.begun);
  const notes = picture?.notes ?? [];
  const { Crop } = useLaneParts();
  const cropping = useCropping();
  const facts: Fact[] = picture?.size
    ? [
        {
          label: 'Picture',
          value: `${formatInteger(picture.size.width)} × ${formatInteger(picture.size.height)}`,
          unit: 'px',
        },
        { label: 'File', value: formatBytes(picture.size.bytes) },
        { label: 'The model sees', value: `${picture.width} × ${picture.height}`, unit: 'px' },
      ]
    : [];
  if (picture && cropping) {
    return (
      <PictureFrame title="Crop" aside={picture.label} bare>
        <Later load={loadEditor} props={{ picture }} />
      </PictureFrame>
    );
  }
  return (
    <PictureFrame
      title="Original"
      aside={picture?.label}
      action={Crop ? <Crop lane={lead} /> : undefined}
      footer={
        <>
          {facts.length > 0 ? <Facts facts={facts} /> : null}
          {notes.length > 0 ? (
            <ul className={styles.notes} data-one={notes.length === 1 || undefined}>
              {notes.map(({ code, text }) => (
                <li key={code}>{text}</li>
              ))}
            </ul>
          ) : null}
        </>
      }
    >
      {picture || begun ? null : <Preview />}
      {(picture ?? begun)?.original ? <LabCanvas lane={lead} show="original" /> : null}
    </PictureFrame>
  );
}

/** The sample itself, while its model loads for the first time. */
function Preview() {
  const id = useLabState(({ wanted }) => (wanted?.kind === 'sample' ? wanted.id : undefined));
  const sample = samples.find((entry) => entry.id === id);
  return sample ? <img className={styles.preview} src={sample.thumbnail} alt={sample.alt} /> : null;
}
