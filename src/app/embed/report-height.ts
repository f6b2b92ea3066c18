import { HEIGHT_MESSAGE, type HeightMessage } from './height-message';

/**
 * Tells the page around the frame how high an element is, now and after each change; not while parts of it are busy, which
 * would move what is below the frame to and fro.
 * @param content everything that the frame shows
 * @returns the way to stop
 */
export function reportHeight(content: HTMLElement): () => void {
  const { parent } = window;
  if (parent === window) return () => {};
  let told = 0;
  const report = () => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    if (height === 0 || height === told || content.querySelector('[aria-busy="true"]')) return;
    told = height;
    const message: HeightMessage = { type: HEIGHT_MESSAGE, height };
    parent.postMessage(message, '*');
  };
  const sizes = new ResizeObserver(report);
  sizes.observe(content);
  const work = new MutationObserver(report);
  work.observe(content, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-busy'] });
  return () => {
    sizes.disconnect();
    work.disconnect();
  };
}
