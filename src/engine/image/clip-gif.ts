import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Clip, ClipFrames } from './clip.api';
import { ClipCanvas } from './clip-frames';

/** What the format allows, and browsers keep: shorter delays are shown as 100 ms. */
const LEAST_MS = 20;

/** A GIF that repeats for ever, with 256 colours a frame. @param onFrame called with the number of frames so far */
export async function encodeGif(clip: ClipFrames, onFrame: (done: number) => void): Promise<Clip> {
  const canvas = new ClipCanvas(clip);
  const { width, height } = canvas.canvas;
  const gif = GIFEncoder();
  for (const [i, { rgba, ms }] of clip.frames.entries()) {
    canvas.draw(rgba);
    const pixels = canvas.pixels();
    const palette = quantize(pixels, 256);
    gif.writeFrame(applyPalette(pixels, palette), width, height, { palette, delay: Math.max(LEAST_MS, ms) });
    onFrame(i + 1);
    // An abort arrives between frames.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  gif.finish();
  return { bytes: gif.bytes(), type: 'image/gif' };
}
