import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPictureFile } from '../src/cli/picture-file';
import { dropFiles, type TestFile } from './support/files';
import { expect, test } from './support/fixtures';
import { halvesImage, ImageLabPage, SMALL } from './support/image-lab';
import { longestTaskTime } from './support/main-thread';
import { manyKinds } from './support/pictures';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const NS = 'xmlns="http://www.w3.org/2000/svg"';
const RECTS =
  '<rect width="300" height="300" fill="#0000dc"/><rect width="150" height="300" fill="#dc0000"/>';

const svg = (name: string, source: string | Buffer): TestFile => ({
  name,
  type: 'image/svg+xml',
  bytes: typeof source === 'string' ? Buffer.from(source) : source,
});

const noteOf = (lab: ImageLabPage, words: RegExp) =>
  lab.page.getByRole('listitem').filter({ hasText: words });

test('opens what the browser can show, as the command line does, and refuses an SVG that would block the page', async ({
  page,
}) => {
  test.setTimeout(400_000);
  const lab = new ImageLabPage(page);
  await lab.open(SMALL);
  await test.step('opens what the browser can show, and says what was cut', async () => {
    const jpeg = await halvesImage(300, 300).jpeg({ quality: 95 }).toBuffer();
    const png = await halvesImage(300, 300).png().toBuffer();
    const tall = await halvesImage(300, 300).png({ compressionLevel: 1 }).toBuffer();
    const whole = `<svg ${NS} width="300" height="300">${RECTS}</svg>`;
    const html = '<div xmlns="http://www.w3.org/1999/xhtml" style="background:#0000dc;height:100%"></div>';
    const files: { file: TestFile; cut: boolean }[] = [
      { file: { name: 'no-end.jpg', type: 'image/jpeg', bytes: jpeg.subarray(0, -2) }, cut: true },
      { file: { name: 'no-iend.png', type: 'image/png', bytes: png.subarray(0, -12) }, cut: true },
      {
        file: { name: 'most.png', type: 'image/png', bytes: tall.subarray(0, tall.length * 0.9) },
        cut: true,
      },
      {
        file: svg(
          'html.svg',
          `<svg ${NS} width="300" height="300"><foreignObject width="300" height="300">${html}</foreignObject><rect width="150" height="300" fill="#dc0000"/></svg>`,
        ),
        cut: false,
      },
      { file: svg('view-box.svg', `<svg ${NS} viewBox="0 0 300 300">${RECTS}</svg>`), cut: false },
      {
        file: svg(
          'no-size.svg',
          `<svg ${NS}>${RECTS.replaceAll('300', '150').replace('"150" h', '"300" h')}</svg>`,
        ),
        cut: false,
      },
      {
        file: svg(
          'utf-16.svg',
          Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${whole}`, 'utf16le'),
        ),
        cut: false,
      },
      { file: svg('comment.svg', `<!--${'long '.repeat(20_000)}-->\n${whole}`), cut: false },
      { file: svg('no-namespace.svg', whole.replace(NS, '')), cut: false },
      { file: svg('cut.svg', `${whole.slice(0, -6)}<g><circle r="1`), cut: true },
    ];
    for (const { file, cut } of files) {
      const name = typeof file === 'string' ? file : file.name;
      await test.step(name, async () => {
        await dropFiles(page, 'body', file);
        await lab.expectReady(name);
        await expect(lab.alert).toBeHidden();
        const [left, right] = [
          await lab.colour(lab.original, 0.25, 0.3),
          await lab.colour(lab.original, 0.75, 0.3),
        ];
        expect(left[0], name).toBeGreaterThan(180);
        expect(right[2], name).toBeGreaterThan(180);
        await expect(noteOf(lab, /ends too early/)).toHaveCount(cut ? 1 : 0);
      });
    }
    // A data: URL keeps the sizes of a declared viewBox; a default size is said, too.
    await dropFiles(page, 'body', svg('plain.svg', `<svg ${NS}>${RECTS}</svg>`));
    await lab.expectReady('plain.svg');
    await expect(page.locator('dd', { hasText: '300 × 150' })).toBeVisible();
  });

  await test.step('refuses an SVG that would block the page, without blocking it', async () => {
    const levels = 'abcdefghi';
    const nested = [...levels]
      .map(
        (id, i) =>
          `<g id="${id}">${(i ? `<use href="#${levels[i - 1]}"/>` : '<rect width="9" height="9"/>').repeat(10)}</g>`,
      )
      .join('');
    const refused: [TestFile, RegExp][] = [
      [
        svg('nested.svg', `<svg ${NS}>${nested}<use href="#i"/></svg>`),
        /nested\.svg.*repeat one another.*PNG/,
      ],
      [
        svg(
          'uses.svg',
          `<svg ${NS}><rect id="r" width="9" height="9"/>${'<use href="#r" x="1"/>'.repeat(100_000)}</svg>`,
        ),
        /uses\.svg.*100,002 elements.*PNG/,
      ],
      [
        svg('shapes.svg', `<svg ${NS}>${`<path d="M0 0${'l1 2'.repeat(160_000)}"/>`.repeat(20)}</svg>`),
        /shapes\.svg.*12\.8 MB.*PNG/,
      ],
    ];
    for (const [file, words] of refused) {
      await dropFiles(page, 'body', file);
      await expect(lab.alert).toHaveText(words);
      await lab.alert.getByRole('button', { name: 'Dismiss' }).click();
    }
    await dropFiles(page, 'body', svg('fine.svg', `<svg ${NS} width="300" height="300">${RECTS}</svg>`));
    await lab.expectReady('fine.svg');
  });

  await test.step('the command line sees the pixels that the page sees', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tokenoscope-'));
    const found: string[] = [];
    try {
      for (const { name, bytes, most } of await manyKinds()) {
        const path = join(folder, name);
        await writeFile(path, bytes);
        await dropFiles(page, 'body', { name, type: '', bytes });
        await lab.expectReady(name);
        const { width, height, data } = await lab.pixels(lab.original);
        const { data: other } = await readPictureFile(path, { width, height });
        let largest = 0;
        for (let i = 0, j = 0; i < data.length; i += 4, j += 3) {
          for (let c = 0; c < 3; c++) largest = Math.max(largest, Math.abs(data[i + c]! - other[j + c]!));
        }
        found.push(`${name}: ${largest}`);
        expect.soft(largest, name).toBeLessThanOrEqual(most);
      }
    } finally {
      await rm(folder, { recursive: true });
      test.info().annotations.push({ type: 'largest difference', description: found.join(', ') });
    }
  });
});

test('draws a large SVG in pieces @timed', async ({ page }) => {
  const lab = new ImageLabPage(page);
  await lab.open();
  const paths = Array.from({ length: 60 }, (_, j) => {
    const points = Array.from(
      { length: 200 },
      (_, i) => `L${(i * 7919 + j) % 1000} ${(i * 104_729 + j) % 1000}`,
    );
    return `<path fill="none" stroke="#${(j % 10).toString().repeat(3)}" d="M0 0${points.join('')}"/>`;
  });
  const source = `<svg ${NS} width="1000" height="1000">${paths.join('')}</svg>`;
  await page.evaluate((text) => {
    // In a task of its own, so that it is not counted as Playwright's.
    setTimeout(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'lines.svg', { type: 'image/svg+xml' }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, 500);
  }, source);
  const longest = await longestTaskTime(page, () => lab.expectReady('lines.svg'));
  test.info().annotations.push({ type: 'longest task', description: `${longest.toFixed(0)} ms` });
  // Drawn at once it takes over a second of the processor.
  expect(longest).toBeLessThan(400);
});
