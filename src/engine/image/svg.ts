/** An SVG as pixels, and the size it declares. */
export interface RasterizedSvg {
  readonly bitmap: ImageBitmap;
  readonly size: { readonly width: number; readonly height: number };
}

/** Rasterises an SVG on the page (workers cannot); undefined where the file is something else. */
export async function rasterizeSvg(_file: Blob, _name: string): Promise<RasterizedSvg | undefined> {
  return undefined;
}
