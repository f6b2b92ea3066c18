import { HEIGHT_MESSAGE, MOST_HEIGHT } from '../embed/height-message';

/** What an embed code is made of. */
export interface EmbedOptions {
  /** The link, with its experiment. */
  readonly url: string;
  /** What the frame shows, for screen readers. */
  readonly title: string;
  /** CSS pixels, until the frame has said how high it should be; where scripts are not allowed, for good. */
  readonly height: number;
}

/** The address of the same experiment for a frame: embed.html beside the page. */
export function embedAddress(url: string): string {
  const { hash } = new URL(url);
  return new URL(`./embed.html${hash}`, url).href;
}

/**
 * HTML that shows an experiment in another page: a frame, and a script that gives it the height that it reports. The
 * frame works without the script.
 */
export function embedCode({ url, title, height }: EmbedOptions): string {
  const src = embedAddress(url);
  const frame = `<iframe src="${attribute(src)}" title="${attribute(title)}" width="100%" height="${height}" loading="lazy" style="border: 0"></iframe>`;
  return `${frame}\n<script>${heightListener(new URL(src).origin)}</script>`;
}

/**
 * Gives every frame of this origin the height that it asks for. Only numbers are taken from a message, and only from a
 * frame that is on the page. @param origin of embed.html
 */
function heightListener(origin: string): string {
  return [
    `addEventListener("message", ({ data, origin, source }) => {`,
    `  if (origin !== ${JSON.stringify(origin)} || !data || data.type !== "${HEIGHT_MESSAGE}") return;`,
    `  if (typeof data.height !== "number" || !(data.height > 0 && data.height <= ${MOST_HEIGHT})) return;`,
    `  for (const frame of document.querySelectorAll("iframe"))`,
    `    if (frame.contentWindow === source) frame.style.height = data.height + "px";`,
    `});`,
  ].join('\n');
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
