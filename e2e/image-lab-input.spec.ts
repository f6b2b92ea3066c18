import sharp from 'sharp';
import { dropFiles, pasteFiles, type TestFile } from './support/files';
import { expect, test } from './support/fixtures';
import { halves, halvesImage, ImageLabPage, pngFile, pngHeader, SMALL } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300">
  <rect width="300" height="300" fill="#0000dc"/><rect width="150" height="300" fill="#dc0000"/></svg>`;

const formats: Record<string, () => Promise<Buffer>> = {
  'png image/png': () => halvesImage(300, 300).png().toBuffer(),
  'jpg image/jpeg': () => halvesImage(300, 300).jpeg({ quality: 95 }).toBuffer(),
  'webp image/webp': () => halvesImage(300, 300).webp({ quality: 95 }).toBuffer(),
  'avif image/avif': () => halvesImage(300, 300).avif({ quality: 80 }).toBuffer(),
  'gif image/gif': () => halvesImage(300, 300).gif().toBuffer(),
  'svg image/svg+xml': async () => Buffer.from(SVG),
};

async function expectRedLeft(lab: ImageLabPage): Promise<void> {
  const [left, right] = [
    await lab.colour(lab.original, 0.25, 0.5),
    await lab.colour(lab.original, 0.75, 0.5),
  ];
  expect(left[0]).toBeGreaterThan(180);
  expect(left[2]).toBeLessThan(60);
  expect(right[2]).toBeGreaterThan(180);
  expect(right[0]).toBeLessThan(60);
}

const refused: { what: string; file: () => Promise<TestFile>; says: RegExp }[] = [
  {
    what: 'text renamed .png',
    file: async () => ({
      name: 'notes.png',
      type: 'image/png',
      bytes: Buffer.from('Just some words.\n'.repeat(50)),
    }),
    says: /notes\.png.*it is text/,
  },
  {
    what: 'a truncated WebP',
    file: async () => {
      const whole = await halvesImage(600, 600).webp({ quality: 95 }).toBuffer();
      return { name: 'half.webp', type: 'image/webp', bytes: whole.subarray(0, whole.length / 2) };
    },
    says: /half\.webp.*ends too early/,
  },
  {
    what: 'a picture of 16000 x 16000 pixels',
    file: async () => ({ name: 'huge.png', type: 'image/png', bytes: pngHeader(16_000, 16_000) }),
    says: /huge\.png.*16,000.*megapixels/,
  },
  {
    what: 'an empty file',
    file: async () => ({ name: 'empty.png', type: 'image/png', bytes: new Uint8Array() }),
    says: /empty\.png.*empty/,
  },
];

test('pictures are dropped, pasted and picked, in every format; what is no picture is refused', async ({
  page,
}) => {
  const lab = new ImageLabPage(page);
  await lab.open(SMALL);
  await test.step('opens what is dropped, in every format', async () => {
    for (const [format, make] of Object.entries(formats)) {
      const [extension, type] = format.split(' ') as [string, string];
      await test.step(extension, async () => {
        await dropFiles(page, 'body', { name: `halves.${extension}`, type, bytes: await make() });
        await lab.expectReady(`halves.${extension}`);
        await expectRedLeft(lab);
        await expect(page.getByText('300 × 300')).toBeVisible();
      });
    }
  });

  await test.step('opens a pasted picture, and leaves pasted text alone', async () => {
    await pasteFiles(page, await pngFile('image.png', 200, 200));
    await lab.expectReady('Pasted picture');
    await expectRedLeft(lab);
    const swallowed = await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'words');
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      return !document.body.dispatchEvent(event);
    });
    expect(swallowed).toBe(false);
  });

  await test.step('opens a picked file, and the same one again', async () => {
    const bytes = await halvesImage(200, 200).png().toBuffer();
    for (const k of [3, 100]) {
      const choosing = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Open picture' }).click();
      await (await choosing).setFiles({ name: 'picked.png', mimeType: 'image/png', buffer: bytes });
      await lab.expectReady('picked.png');
      await lab.field.fill(String(k));
      await expect(lab.reconstruction).toHaveAttribute('data-k', String(k));
      await lab.sample('Mountain').click();
      await lab.expectReady('Mountain');
    }
  });

  await test.step('honours the rotation of a camera', async () => {
    // Stored on its side: red at the left. Orientation 6 turns it clockwise: red at the top.
    const bytes = await halvesImage(300, 300)
      .jpeg({ quality: 95 })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    await dropFiles(page, 'body', { name: 'turned.jpg', type: 'image/jpeg', bytes });
    await lab.expectReady('turned.jpg');
    const [top, bottom] = [
      await lab.colour(lab.original, 0.5, 0.25),
      await lab.colour(lab.original, 0.5, 0.75),
    ];
    expect(top[0]).toBeGreaterThan(180);
    expect(bottom[2]).toBeGreaterThan(180);
  });

  await test.step('shows the first frame of an animation and says so', async () => {
    const frames = Buffer.concat([halves(64, 64, 'left'), halves(64, 64, 'top')]);
    const raw = { width: 64, height: 128, channels: 3 as const, pageHeight: 64 };
    const bytes = await sharp(frames, { raw })
      .gif({ delay: [100, 100] })
      .toBuffer();
    await dropFiles(page, 'body', { name: 'moving.gif', type: 'image/gif', bytes });
    await lab.expectReady('moving.gif');
    await expectRedLeft(lab);
    await expect(page.getByText(/first (frame|picture)/i)).toBeVisible();
  });

  await test.step('opens a picture of one pixel and says that it was enlarged', async () => {
    await dropFiles(page, 'body', await pngFile('dot.png', 1, 1));
    await lab.expectReady('dot.png');
    await expect(page.getByText('1 × 1').first()).toBeVisible();
    await expect(page.getByText(/enlarged|smaller than/i)).toBeVisible();
  });

  await test.step('says where a drop lands', async () => {
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
      document.body.dispatchEvent(
        new DragEvent('dragenter', { dataTransfer, bubbles: true, cancelable: true }),
      );
    });
    await expect(page.getByText('Drop the picture anywhere')).toBeVisible();
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
      document.body.dispatchEvent(
        new DragEvent('dragleave', { dataTransfer, bubbles: true, cancelable: true }),
      );
    });
    await expect(page.getByText('Drop the picture anywhere')).toBeHidden();
  });

  await test.step('refuses what is no picture, and keeps the one on screen', async () => {
    for (const [i, { what, file, says }] of refused.entries()) {
      await test.step(what, async () => {
        const name = `mine ${i}.png`;
        await dropFiles(page, 'body', await pngFile(name, 200 + i, 200));
        await lab.expectReady(name);
        const ids = await lab.tokenIds();
        await dropFiles(page, 'body', await file());
        await expect(lab.alert).toHaveText(says);
        await expect(lab.original).toHaveAccessibleName(`Original: ${name}`);
        expect(await lab.tokenIds()).toEqual(ids);
        await lab.field.fill(`${9 + i}`);
        await expect(lab.reconstruction).toHaveAttribute('data-k', `${9 + i}`);
        await lab.alert.getByRole('button', { name: 'Dismiss' }).click();
        await expect(lab.alert).toBeHidden();
      });
    }
    // Among several, those that cannot be read are passed over, and counted.
    const whole = (await pngFile('whole.png', 150, 150)) as Exclude<TestFile, string>;
    const cut = (name: string) => ({ ...whole, name, bytes: whole.bytes.subarray(0, 40) });
    await dropFiles(page, 'body', cut('a.png'), cut('b.png'), whole, await pngFile('next.png', 150, 150));
    await lab.expectReady('whole.png');
    await expect(lab.alert).toBeHidden();
    await expect(
      page.getByText('4 files were dropped: 2 could not be read, the first picture that could is open.'),
    ).toBeVisible();
  });
});
