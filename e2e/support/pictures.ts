import sharp from 'sharp';
import { chunk } from './image-lab';

/** A picture file, and by how many of 255 levels page and command line may differ after shrinking it. */
export interface KindOfPicture {
  readonly name: string;
  readonly bytes: Buffer;
  readonly most: number;
}

const WIDTH = 400;
const HEIGHT = 300;

const numbers = (...values: number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
};

/** A PNG with more chunks, straight behind its header. */
function withChunks(png: Buffer, ...chunks: readonly (readonly [string, Buffer])[]): Buffer {
  const more = chunks.map(([type, data]) => chunk(type, data));
  return Buffer.concat([png.subarray(0, 33), ...more, png.subarray(33)]);
}

function bmp(rgb: Buffer, bits: 24 | 32): Buffer {
  const row = Math.ceil((WIDTH * bits) / 32) * 4;
  const bytes = Buffer.alloc(54 + row * HEIGHT);
  bytes.write('BM');
  for (const [at, value] of [
    [2, bytes.length],
    [10, 54],
    [14, 40],
    [18, WIDTH],
    [22, HEIGHT],
    [28, bits],
  ] as const) {
    bytes.writeUInt32LE(value, at);
  }
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const from = (y * WIDTH + x) * 3;
      const to = 54 + (HEIGHT - 1 - y) * row + (x * bits) / 8;
      for (let c = 0; c < 3; c++) bytes[to + c] = rgb[from + 2 - c]!;
    }
  }
  return bytes;
}

/** A 4-bit BMP of an odd width, with a palette of greys. */
function paletteBmp(): Buffer {
  const [width, height] = [301, 301];
  const row = Math.ceil((width * 4) / 32) * 4;
  const bytes = Buffer.alloc(54 + 64 + row * height);
  bytes.write('BM');
  for (const [at, value] of [
    [10, 118],
    [14, 40],
    [18, width],
    [22, height],
    [28, 4],
  ] as const) {
    bytes.writeUInt32LE(value, at);
  }
  for (let i = 0; i < 16; i++) bytes.fill(i * 17, 54 + i * 4, 57 + i * 4);
  for (let i = 118; i < bytes.length; i++) bytes[i] = (i * 37) & 255;
  return bytes;
}

const DISPLAY_P3 = numbers(31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000);
const cicp = (primaries: number, transfer: number) =>
  ['cICP', Buffer.from([primaries, transfer, 0, 1])] as const;
const gamma = (value: number) => ['gAMA', numbers(Math.round(value * 100_000))] as const;

/** One file of every kind that page and command line read, of a photograph. */
export async function manyKinds(): Promise<KindOfPicture[]> {
  const rgb = await sharp('public/samples/city-night.webp')
    .resize(WIDTH, HEIGHT)
    .removeAlpha()
    .raw()
    .toBuffer();
  const image = () => sharp(rgb, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
  const png = await image().png().toBuffer();
  const kinds: [name: string, bytes: Buffer | Promise<Buffer>, most: number][] = [
    ['plain.png', png, 0],
    ['alpha.png', image().ensureAlpha(0.5).png().toBuffer(), 1],
    ['profile.png', image().withIccProfile('p3').png().toBuffer(), 2],
    ['gamma-1.png', withChunks(png, gamma(1)), 2],
    ['gamma-0.6.png', withChunks(png, gamma(0.6)), 2],
    ['gamma-p3.png', withChunks(png, gamma(0.45455), ['cHRM', DISPLAY_P3]), 2],
    ['srgb-gamma-1.png', withChunks(png, ['sRGB', Buffer.from([0])], gamma(1)), 0],
    ['cicp-p3.png', withChunks(png, cicp(12, 13)), 2],
    ['cicp-over-gamma.png', withChunks(png, gamma(1), cicp(12, 13)), 2],
    ['plain.jpg', image().jpeg().toBuffer(), 0],
    ['grey.jpg', image().toColourspace('b-w').jpeg().toBuffer(), 0],
    ['profile.jpg', image().withIccProfile('p3').jpeg().toBuffer(), 2],
    ['turned.jpg', image().withMetadata({ orientation: 6 }).jpeg().toBuffer(), 0],
    ['cmyk.jpg', image().toColourspace('cmyk').jpeg().toBuffer(), 0],
    ['plain.webp', image().webp().toBuffer(), 0],
    ['plain.gif', image().gif().toBuffer(), 0],
    ['full.avif', image().avif({ chromaSubsampling: '4:4:4' }).toBuffer(), 3],
    ['halved.avif', image().avif({ chromaSubsampling: '4:2:0' }).toBuffer(), 16],
    ['true-colour.bmp', bmp(rgb, 24), 0],
    ['palette.bmp', paletteBmp(), 0],
    [
      'no-end.jpg',
      image()
        .jpeg()
        .toBuffer()
        .then((file) => file.subarray(0, -2)),
      0,
    ],
    ['cut.png', png.subarray(0, png.length / 2), 0],
    [
      'cut.gif',
      image()
        .gif()
        .toBuffer()
        .then((file) => file.subarray(0, file.length / 2)),
      0,
    ],
    ['cut.bmp', bmp(rgb, 24).subarray(0, 200_000), 0],
  ];
  return Promise.all(kinds.map(async ([name, bytes, most]) => ({ name, bytes: await bytes, most })));
}
