import {
  bytesOf,
  type CheckpointSeries,
  type CheckpointSource,
  type OfficialCheckpoint,
  pageTokens,
  parametersOf,
} from '../../../../catalog/checkpoints';
import { findMisfit, memoryNeeded } from '../../../../engine/weights/fit';
import { formatBytes, formatInteger } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import { useSettings } from '../../lab-context';
import styles from '../AddCheckpoint.module.css';
import { useAdding } from '../adding';
import { FactList } from '../FactList';
import { spellParameters } from './figures';

interface Props {
  readonly series: CheckpointSeries;
  readonly checkpoint: OfficialCheckpoint;
}

/** The rest of what is known of an official checkpoint before it is here. */
export function OfficialDetails({ series, checkpoint }: Props) {
  const { device, keepIn } = useAdding((state) => state);
  const { source, tokens, numbers, rfid } = checkpoint;
  const sizes = (precision: 'full' | 'half') => ({
    name: checkpoint.label,
    format: 'safetensors' as const,
    parameters: parametersOf(checkpoint),
    bytes: bytesOf(checkpoint, precision),
  });
  const reason = findMisfit(
    { ...sizes(keepIn), halfBytes: keepIn === 'full' ? sizes('half').bytes : null },
    device,
  );
  const facts: [string, React.ReactNode][] = [
    ['Published', <Published key="published" source={source} />],
    [
      'Tokens',
      numbers === undefined
        ? String(tokens)
        : `${tokens} of ${numbers} numbers, of which this page makes ${formatInteger(pageTokens(checkpoint))} whole ones`,
    ],
    ...(series.drawnBy === undefined ? [] : [['Pixels by', series.drawnBy] as [string, string]]),
    ['Parameters', spellParameters(checkpoint)],
    [
      'Memory',
      `about ${formatBytes(memoryNeeded(sizes('full')))}, in half precision ${formatBytes(memoryNeeded(sizes('half')))}`,
    ],
    ['rFID', rfid === undefined ? 'not stated' : `${rfid} on ImageNet, as its authors measured it`],
    ['Paper', series.paper.title],
  ];
  return (
    <div className={styles.details}>
      {reason ? (
        <Notice tone="warning" title={reason.message}>
          {reason.hint}
        </Notice>
      ) : null}
      <FactList facts={facts} />
    </div>
  );
}

/** Where its authors keep it. */
function Published({ source }: { readonly source: CheckpointSource }) {
  const hub = useSettings((state) => state.hub);
  const isHub = source.kind === 'hub';
  return (
    <a href={isHub ? `${hub}/${source.repository}` : source.url} target="_blank" rel="noreferrer">
      {isHub ? source.repository : `${source.file}, ${source.host}`}
    </a>
  );
}
