import { type CallOptions, WorkerClient } from '../rpc/client';
import type { Clip, ClipApi, ClipFrames, ClipKind } from './clip.api';

/**
 * Encodes a clip in a worker of its own, which ends with it.
 * @returns null where this browser encodes no video
 * @throws TokenoscopeError `aborted`, `worker-died`, `internal`
 */
export async function encodeClip(
  kind: ClipKind,
  clip: ClipFrames,
  options: CallOptions<number>,
): Promise<Clip | null> {
  const client = new WorkerClient<ClipApi>(
    () => new Worker(new URL('./clip.worker.ts', import.meta.url), { type: 'module' }),
  );
  try {
    return await client.call('encode', { kind, clip }, options);
  } finally {
    client.dispose();
  }
}
