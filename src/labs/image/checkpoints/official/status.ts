import {
  bytesOf,
  type CheckpointSeries,
  type OfficialCheckpoint,
  pageTokens,
  parametersOf,
} from '../../../../catalog/checkpoints';
import type { TokenoscopeError } from '../../../../core/errors';
import type { Unfinished } from '../../../../engine/storage/unfinished';
import { findMisfit } from '../../../../engine/weights/fit';
import type { Precision, StoredCheckpoint } from '../../../../engine/weights/plan';
import type { AddingState } from '../adding-state';

/** How an official checkpoint stands in this browser. */
export type OfficialStatus =
  | { readonly kind: 'kept'; readonly record: StoredCheckpoint }
  /** It is being asked for, or downloaded. */
  | { readonly kind: 'looking' | 'keeping' }
  /** A part of it is here. */
  | { readonly kind: 'paused'; readonly unfinished: Unfinished }
  | { readonly kind: 'too-large'; readonly reason: TokenoscopeError }
  /** Not here; it would be kept in this precision. */
  | { readonly kind: 'absent'; readonly precision: Precision };

type Known = Pick<AddingState, 'phase' | 'official' | 'unfinished' | 'device' | 'keepIn'>;

/** How an official checkpoint stands. @param kept what this browser keeps */
export function statusOf(
  checkpoint: OfficialCheckpoint,
  { phase, official, unfinished, device, keepIn }: Known,
  kept: readonly StoredCheckpoint[],
): OfficialStatus {
  const isMine = official === checkpoint.label;
  if (isMine && (phase === 'looking' || phase === 'keeping')) return { kind: phase };
  const record = kept.find((one) => isSame(checkpoint, one));
  if (record) return { kind: 'kept', record };
  const part = unfinished.find(({ plan }) => isFrom(checkpoint, plan.origin));
  if (part) return { kind: 'paused', unfinished: part };
  const { other, reason } = fitOf(checkpoint, device, keepIn);
  if (reason === null) return { kind: 'absent', precision: keepIn };
  return other === null ? { kind: 'too-large', reason } : { kind: 'absent', precision: other };
}

/** Whether a checkpoint fits in the preferred precision, and in which other one where it does not. */
function fitOf(
  checkpoint: OfficialCheckpoint,
  device: AddingState['device'],
  keepIn: Precision,
): { readonly reason: TokenoscopeError | null; readonly other: Precision | null } {
  const misfitIn = (precision: Precision) =>
    findMisfit(
      {
        name: checkpoint.label,
        format: 'safetensors',
        parameters: parametersOf(checkpoint),
        bytes: bytesOf(checkpoint, precision),
      },
      device,
    );
  const reason = misfitIn(keepIn);
  return { reason, other: reason && keepIn === 'full' && !misfitIn('half') ? 'half' : null };
}

/** Whether the list of official checkpoints shows what is kept, or begun, in a row of its own. */
export function isListed(
  catalogue: readonly CheckpointSeries[],
  what: Pick<StoredCheckpoint, 'origin' | 'tokens' | 'parameters'>,
): boolean {
  return catalogue.some(({ checkpoints }) => checkpoints.some((one) => isSame(one, what)));
}

/** Whether a checkpoint is an official one: from its repository, or of its size where it came as a file. */
function isSame(
  checkpoint: OfficialCheckpoint,
  record: Pick<StoredCheckpoint, 'origin' | 'tokens' | 'parameters'>,
): boolean {
  if (record.origin.kind === 'hub') return isFrom(checkpoint, record.origin);
  const { tokens, parameters } = record;
  return (
    tokens.count === pageTokens(checkpoint) &&
    parameters !== null &&
    Math.abs(parameters / parametersOf(checkpoint) - 1) < 0.005
  );
}

function isFrom({ source }: OfficialCheckpoint, origin: StoredCheckpoint['origin']): boolean {
  return source.kind === 'hub' && origin.kind === 'hub' && source.repository === origin.repository;
}
