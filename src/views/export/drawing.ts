/** What of a drawing's style must travel with it; the rest is inherited or has no effect in SVG. */
const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'visibility',
  'display',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'font-variant-numeric',
  'letter-spacing',
  'text-anchor',
  'dominant-baseline',
  'white-space',
] as const;

/** Longest side of a PNG, in pixels: what every browser's canvas takes. */
const LONGEST = 8192;

/**
 * An SVG element of the page as a file of its own: styles are written out, colours as #rrggbb, with what is behind it
 * on the page (`--canvas`) as its background.
 */
export function svgOfElement(element: SVGSVGElement): string {
  const { width, height } = element.getBoundingClientRect();
  const copy = element.cloneNode(true) as SVGSVGElement;
  const from = [element, ...element.querySelectorAll<SVGElement>('*')];
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  const colours = new Colours();
  from.forEach((one, i) => {
    const style = getComputedStyle(one);
    const target = to[i]!;
    target.removeAttribute('class');
    target.removeAttribute('style');
    for (const name of PROPERTIES) {
      const value = style.getPropertyValue(name);
      if (value !== '') target.setAttribute(name, /^(fill|stroke)$/.test(name) ? colours.hex(value) : value);
    }
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const [x = 0, y = 0, w = width, h = height] = copy
    .getAttribute('viewBox')!
    .split(/[\s,]+/)
    .map(Number);
  for (const [name, value] of Object.entries({ x, y, width: w, height: h })) {
    ground.setAttribute(name, String(value));
  }
  ground.setAttribute('fill', colours.of('--canvas'));
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/**
 * An SVG as PNG, twice as many pixels as it has units. Fonts are those of the system and of the
 * SVG itself: a drawing cannot use the page's.
 * @throws Error where the browser cannot draw it
 */
export async function pngOfSvg(svg: string, scale = 2): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { width, height } = image;
    const fit = Math.min(scale, LONGEST / Math.max(1, width, height));
    if (svg.includes('@font-face')) await facesOf(image);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * fit));
    canvas.height = Math.max(1, Math.round(height * fit));
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((resolve, reject) =>
      canvas.toBlob((file) =>
        file ? resolve(file) : reject(new Error('The picture is too large to draw.')),
      ),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** How often, and how long at most, a drawing's own faces are waited for, in milliseconds. */
const LOOK_MS = 100;
const PATIENCE_MS = 1500;

/**
 * Waits until an SVG image is drawn with the faces in it. Browsers begin to read them when it is first drawn, and say nothing
 * when they have; until then what needs them is drawn blank or in another face.
 */
async function facesOf(image: HTMLImageElement): Promise<void> {
  const context = new OffscreenCanvas(512, 512).getContext('2d', { willReadFrequently: true })!;
  const look = () => {
    context.clearRect(0, 0, 512, 512);
    context.drawImage(image, 0, 0, 512, 512);
    const { data } = context.getImageData(0, 0, 512, 512);
    return data.reduce((sum, value) => (Math.imul(sum, 31) + value) | 0, 7);
  };
  const first = look();
  let before = first;
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const now = look();
    if (now !== first && now === before) return;
    before = now;
  }
}

/** Colours of the page as other programs read them: they do not know oklch. */
export class Colours {
  readonly #style = getComputedStyle(document.documentElement);
  readonly #known = new Map<string, string>();
  readonly #canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;

  /** A colour of tokens.css by its name, such as `--ink`, as #rrggbb. */
  of(name: string): string {
    return this.hex(this.#style.getPropertyValue(name));
  }

  /** Any CSS colour as #rrggbb (#rrggbbaa where it is not opaque); other values as they are. */
  hex(value: string): string {
    if (!/^(rgb|hsl|hwb|lab|lch|oklab|oklch|color)\(/.test(value)) return value;
    const known = this.#known.get(value);
    if (known) return known;
    this.#canvas.clearRect(0, 0, 1, 1);
    this.#canvas.fillStyle = value;
    this.#canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 255] = this.#canvas.getImageData(0, 0, 1, 1).data;
    const parts = alpha === 255 ? [red, green, blue] : [red, green, blue, alpha];
    const hex = alpha === 0 ? 'none' : `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    this.#known.set(value, hex);
    return hex;
  }
}
