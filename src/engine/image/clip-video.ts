import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_VERY_HIGH,
  WebMOutputFormat,
} from 'mediabunny';
import type { Clip, ClipFrames } from './clip.api';
import { ClipCanvas } from './clip-frames';

/**
 * An MP4 where this browser encodes H.264, which plays everywhere; else a WebM; null where it encodes no video.
 * @param onFrame called with the number of frames so far
 */
export async function encodeVideo(clip: ClipFrames, onFrame: (done: number) => void): Promise<Clip | null> {
  const canvas = new ClipCanvas(clip);
  const { width, height } = canvas.canvas;
  if (typeof VideoEncoder === 'undefined') return null;
  const codec = await getFirstEncodableVideoCodec(['avc', 'vp9', 'vp8', 'av1'], { width, height });
  if (!codec) return null;
  const isMp4 = codec === 'avc';
  const target = new BufferTarget();
  const output = new Output({ format: isMp4 ? new Mp4OutputFormat() : new WebMOutputFormat(), target });
  const source = new CanvasSource(canvas.canvas, { codec, quality: QUALITY_VERY_HIGH });
  output.addVideoTrack(source);
  await output.start();
  let at = 0;
  try {
    for (const [i, { rgba, ms }] of clip.frames.entries()) {
      canvas.draw(rgba);
      await source.add(at / 1000, ms / 1000);
      at += ms;
      onFrame(i + 1);
    }
  } catch (error) {
    await output.cancel();
    throw error;
  }
  await output.finalize();
  return { bytes: new Uint8Array(target.buffer!), type: isMp4 ? 'video/mp4' : 'video/webm' };
}
