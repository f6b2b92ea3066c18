/** A face of the page for one script, with a file of its own. */
export interface ScriptFace {
  readonly family: string;
  /** Address of its file. */
  readonly url: string;
  /** As in CSS: `U+0E01-0E5B, U+25CC`. */
  readonly range: string;
}

/** Drawn with any face: no reason to take one along. */
const DOTTED_CIRCLE = 0x25cc;

/** The faces of scripts that come with the page (ui/fonts.css). */
function scriptFaces(): readonly ScriptFace[] {
  return [...document.styleSheets].flatMap((sheet) => {
    const rules = rulesOf(sheet).filter((rule) => rule instanceof CSSFontFaceRule);
    return rules.flatMap(({ style }) => {
      const family = style.getPropertyValue('font-family').replace(/["']/g, '');
      const url = /url\(["']?([^"')]+)/.exec(style.getPropertyValue('src'))?.[1];
      if (!url || !family.startsWith('Tokenoscope ')) return [];
      const range = style.getPropertyValue('unicode-range');
      return [{ family, range, url: new URL(url, sheet.href ?? document.baseURI).href }];
    });
  });
}

function rulesOf(sheet: CSSStyleSheet): readonly CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    // A style sheet of another origin, as an extension may add.
    return [];
  }
}

/** Those of the faces whose scripts occur in a text. */
export function facesIn(text: string, faces: readonly ScriptFace[]): readonly ScriptFace[] {
  const points = new Set<number>();
  for (const character of text) points.add(character.codePointAt(0)!);
  points.delete(DOTTED_CIRCLE);
  return faces.filter(({ range }) => {
    const ranges = range.split(',').map((part) => {
      const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-');
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
    });
    return [...points].some((point) => ranges.some(([from, to]) => point >= from && point <= to));
  });
}

/**
 * An SVG with the faces of its scripts in it, as data, so that it is drawn on machines without them, and as a picture:
 * that can load nothing. Without the network a face that is not kept is left out.
 * @throws DOMException `AbortError`
 */
export async function withScriptFaces(svg: string, signal?: AbortSignal): Promise<string> {
  const rules = await Promise.all(
    facesIn(svg, scriptFaces()).map(async ({ family, url, range }) => {
      const data = await dataOf(url, signal).catch(() => undefined);
      signal?.throwIfAborted();
      return data
        ? `@font-face{font-family:"${family}";font-weight:100 900;font-display:swap;src:url("${data}") format("woff2");unicode-range:${range}}`
        : '';
    }),
  );
  const style = rules.join('');
  return style === '' ? svg : svg.replace(/(<svg[^>]*>)/, (opening) => `${opening}<style>${style}</style>`);
}

async function dataOf(url: string, signal: AbortSignal | undefined): Promise<string> {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const file = new Blob([await response.arrayBuffer()], { type: 'font/woff2' });
  return await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
