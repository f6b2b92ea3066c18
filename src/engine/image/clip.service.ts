import type { Handlers } from '../rpc/server';
import type { ClipApi } from './clip.api';

/** The clip worker's handlers. Its libraries are loaded with the first clip of their kind. */
export const clipHandlers: Handlers<ClipApi> = {
  async encode({ kind, clip }, { signal, progress, transfer }) {
    const onFrame = (done: number) => {
      signal.throwIfAborted();
      progress(done / clip.frames.length);
    };
    const encoded =
      kind === 'gif'
        ? await (await import('./clip-gif')).encodeGif(clip, onFrame)
        : await (await import('./clip-video')).encodeVideo(clip, onFrame);
    if (encoded) transfer(encoded.bytes.buffer);
    return encoded;
  },
};
