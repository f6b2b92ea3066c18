import type { Page, Route } from '@playwright/test';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage, pngFile } from './support/image-lab';

// The service worker answers from its own cache, past what these tests do to the network.
test.use({ contextOptions: { reducedMotion: 'reduce' }, serviceWorkers: 'block' });

const GRAPHS = '**/models/**/decoder.onnx';

async function killWorkers(page: Page): Promise<void> {
  for (const worker of page.workers()) {
    // It answers before it ends; its own threads may have ended with it already.
    await worker.evaluate(() => void setTimeout(() => self.close())).catch(() => undefined);
  }
}

interface Failure {
  readonly what: string;
  readonly answer: (route: Route) => Promise<void>;
  readonly says: RegExp;
}

/** How a download of the model's graph fails, one after the other. */
const failures: readonly Failure[] = [
  {
    what: 'is cut off',
    answer: (route) => route.abort(),
    says: /karhunen-128.* could not be fetched: the connection failed/,
  },
  {
    what: 'is missing',
    answer: (route) => route.fulfill({ status: 404, body: 'gone' }),
    says: /The server answered 404 for karhunen-128/,
  },
  {
    what: 'ends too early',
    answer: async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      await route.fulfill({ response, body: body.subarray(0, body.length / 2), headers: {} });
    },
    says: /karhunen-128.* ended after \d+ of \d+ bytes/,
  },
];

test('a model whose download is stopped or fails says so, and is tried again; so is a sample; a worker that dies is replaced', async ({
  page,
  consoleWatch,
}) => {
  consoleWatch.allow(/Failed to load resource/);
  const lab = new ImageLabPage(page);

  const again = lab.alert.getByRole('button', { name: 'Try again' });
  for (const [i, { what, answer, says }] of failures.entries()) {
    await test.step(`says so where the model's download ${what}`, async () => {
      await page.route(GRAPHS, answer);
      await (i === 0 ? page.goto('/') : again.click());
      await expect(lab.alert).toContainText(says);
      await page.unroute(GRAPHS);
    });
  }

  await test.step('can be stopped while the model loads, and started again', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(GRAPHS, async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
    await again.click();
    await expect(page.getByRole('progressbar', { name: 'Loading Karhunen 128' })).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Nothing is loaded yet.')).toBeVisible();
    release();
    await page.getByRole('button', { name: 'Load Karhunen 128' }).click();
    await lab.expectReady('Mountain lake');
    await expect(lab.alert).toBeHidden();
  });

  await test.step('says so where a sample cannot be fetched; the picture stays', async () => {
    await page.route('**/samples/cat.webp', (route) => route.abort());
    await lab.sample('Tabby cat').click();
    await expect(lab.alert).toContainText('Tabby cat');
    await expect(lab.original).toHaveAccessibleName('Original: Mountain lake');
    await page.unroute('**/samples/cat.webp');
    await again.click();
    await lab.expectReady('Tabby cat');
  });

  await test.step('goes on after its worker died', async () => {
    expect(page.workers().length).toBeGreaterThan(0);
    await killWorkers(page);
    await dropFiles(page, 'body', await pngFile('after.png', 200, 200));
    await lab.expectReady('after.png');
    await lab.field.fill('201');
    await expect(lab.reconstruction).toHaveAttribute('data-k', '201');
    await expect(lab.alert).toBeHidden();
  });
});

test('a bad first picture gives way to the sample', async ({ page }) => {
  const lab = new ImageLabPage(page);
  await page.goto('/');
  await page.getByRole('button', { name: 'Open picture' }).waitFor();
  await dropFiles(page, 'body', { name: 'words.png', type: 'image/png', bytes: Buffer.from('only words') });
  await expect(lab.alert).toHaveText(/words\.png/);
  await lab.expectReady('Mountain lake');
  await expect(lab.alert).toHaveText(/words\.png/);
});
