import { TextSegmenter } from '../../engine/text/segmenter';

let segmenter: TextSegmenter | undefined;

/** The lab's text workers; they start with the first call. */
export function textSegmenter(): TextSegmenter {
  segmenter ??= new TextSegmenter();
  return segmenter;
}
