import { deflateSync } from 'node:zlib';
import { expect, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { crc32 } from '../../src/core/crc32';
import { encodeLink } from '../../src/core/link/envelope';
import type { TestFile } from './files';

/**
 * A link to the sample and the bundled model that computes least, for tests in which any model would do: each picture
 * takes an eighth of what the first visit's model takes for it.
 */
export const SMALL = encodeLink('image', {
  head: { m: 'karhunen-64', k: 64, s: 'lake' },
  blob: new Uint8Array(0),
})!;

/** The image lab by what a user sees of it. */
export class ImageLabPage {
  readonly page: Page;
  readonly slider: Locator;
  readonly field: Locator;
  readonly original: Locator;
  readonly reconstruction: Locator;
  readonly alert: Locator;
  readonly ids: Locator;

  constructor(page: Page) {
    this.page = page;
    this.slider = page.getByRole('slider', { name: 'Tokens kept' });
    this.field = page.getByRole('spinbutton', { name: 'Number of tokens kept' });
    this.original = page.getByRole('img', { name: /^Original/ });
    this.reconstruction = page.getByRole('img', { name: /^Reconstruction/ });
    this.alert = page.getByRole('alert');
    this.ids = page.getByRole('listbox', { name: 'Token ids' });
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(`/${hash}`);
    await this.expectReady();
  }

  /** Waits until a picture is on screen with its reconstruction, and all of its tokens are there. */
  async expectReady(name: string | RegExp = ''): Promise<void> {
    await expect(this.reconstruction).toHaveAccessibleName(
      name instanceof RegExp ? name : new RegExp(`^Reconstruction: ${name}`),
      { timeout: 60_000 },
    );
    await expect(this.page.locator('[data-begun]')).toHaveCount(0);
  }

  sample(name: string): Locator {
    return this.page.getByRole('toolbar', { name: 'Samples' }).getByRole('button', { name });
  }

  async chooseModel(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Model: / }).click();
    const menu = this.page.getByRole('dialog', { name: 'Model', exact: true });
    await menu.getByRole('button', { name: new RegExp(name) }).click();
  }

  /** A figure under the reconstruction, without its unit. */
  async fact(label: string): Promise<number> {
    const row = this.page
      .locator('figure dl > div')
      .filter({ has: this.page.getByText(label, { exact: true }) });
    return Number.parseFloat(((await row.locator('dd').textContent()) ?? '').replace(/[^\d.]/g, ''));
  }

  async k(): Promise<number> {
    return Number(await this.slider.getAttribute('aria-valuenow'));
  }

  /** Where k tokens are on the slider: doublings are equally far apart. */
  async placeOf(k: number): Promise<readonly [x: number, y: number]> {
    const box = (await this.slider.boundingBox())!;
    const count = Number(await this.slider.getAttribute('aria-valuemax'));
    return [box.x + (box.width * Math.log2(k)) / Math.log2(count), box.y + box.height / 2];
  }

  /** The ids of the row, in order. */
  async tokenIds(): Promise<number[]> {
    await this.ids.getByRole('option').first().waitFor();
    // Shown or not, they are in the names of its cells: "Token 3: 5520".
    const names = await this.ids
      .getByRole('option')
      .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label')));
    return names.map((name) => Number(name?.split(': ')[1]));
  }

  /** 8-bit RGBA of a canvas on the page. */
  async pixels(canvas: Locator): Promise<{ width: number; height: number; data: number[] }> {
    const { bytes, ...size } = await canvas.evaluate((element) => {
      // Read from a copy: reading the page's own canvas twice would make it slow, and Chromium says so.
      const copy = document.createElement('canvas');
      const { width, height } = element as HTMLCanvasElement;
      copy.width = width;
      copy.height = height;
      const context = copy.getContext('2d', { willReadFrequently: true });
      context?.drawImage(element as HTMLCanvasElement, 0, 0);
      const { data } = context!.getImageData(0, 0, width, height);
      // As text: a list of numbers takes the protocol ten times as long.
      let bytes = '';
      for (let i = 0; i < data.length; i += 8192) {
        bytes += String.fromCharCode(...data.subarray(i, i + 8192));
      }
      return { width, height, bytes: btoa(bytes) };
    });
    return { ...size, data: [...Buffer.from(bytes, 'base64')] };
  }

  /** The colour at a place of a canvas, given as shares of its width and height. */
  async colour(canvas: Locator, x: number, y: number): Promise<number[]> {
    const { width, height, data } = await this.pixels(canvas);
    const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
    return data.slice(at, at + 3);
  }
}

/** What a made-up picture shows: blue, with a red part. */
const PARTS = { left: [0, 0, 0.5, 1], top: [0, 0, 1, 0.5] } as const;

/** Pixels of a picture that is blue with a red half. */
export function halves(width: number, height: number, red: keyof typeof PARTS = 'left'): Buffer {
  const [, , w, h] = PARTS[red];
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data[(y * width + x) * 3 + (x < w * width && y < h * height ? 0 : 2)] = 220;
    }
  }
  return data;
}

export function halvesImage(width: number, height: number) {
  return sharp(halves(width, height), { raw: { width, height, channels: 3 } });
}

export async function pngFile(name: string, width: number, height: number): Promise<TestFile> {
  return { name, type: 'image/png', bytes: await halvesImage(width, height).png().toBuffer() };
}

/** A valid PNG header of any size over next to no data: what a decoder would have to make room for. */
export function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(64))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A chunk of a PNG. */
export function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}
