import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import {
  column,
  expectTokens,
  FOUR,
  field,
  figure,
  linkWith,
  openTextLab,
  pasteRepeated,
  settled,
} from './support/text-lab';

const NO_SERVICE_WORKER = /Service Worker registration blocked/;

const utf8 = (text: string) => new TextEncoder().encode(text);

test.describe('without a service worker', () => {
  // It would answer for the network that these tests break.
  test.use({ serviceWorkers: 'block' });

  test('a vocabulary that does not arrive says so, and can be fetched again', async ({
    page,
    consoleWatch,
  }) => {
    consoleWatch.allow(/Failed to load resource|ERR_FAILED/, NO_SERVICE_WORKER);
    let broken = true;
    await page.route(/gpt2.*\.bin$/, (route) => (broken ? route.abort() : route.continue()));
    await page.goto(`/${FOUR}`);
    await settled(page);
    const alert = column(page, 'GPT-2').getByRole('alert');
    await expect(alert).toContainText('The vocabulary "gpt2" could not be fetched.');
    expect(await figure(page, 'cl100k', 'tokens')).not.toBe('–');
    broken = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toHaveCount(0);
    await expect(column(page, 'GPT-2').getByRole('option').first()).toBeVisible();
  });

  test('code that does not arrive says so', async ({ page, consoleWatch }) => {
    consoleWatch.allow(/Failed to load resource|ERR_FAILED/, NO_SERVICE_WORKER);
    // What cuts byte-pair ranks; characters and bytes need no more than the worker.
    await page.route(/rank-tokenizer-[\w-]+\.js$/, (route) => route.abort());
    await page.goto(`/${FOUR}`);
    await settled(page);
    const alert = column(page, 'GPT-2').getByRole('alert');
    await expect(alert).toContainText('A part of the page that this tokenizer needs could not be fetched.');
    await expect(alert).toContainText('Check the connection and try again');
  });

  test('a slow vocabulary shows its bytes, and holds nobody else up', async ({ page, consoleWatch }) => {
    consoleWatch.allow(NO_SERVICE_WORKER);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/o200k-(?!harmony).*\.bin$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`/${FOUR}`);
    await expect(column(page, 'GPT-2').getByRole('option').first()).toBeVisible();
    await expect(column(page, 'o200k').getByRole('progressbar')).toBeVisible();
    release();
    await expect(column(page, 'o200k').getByRole('option').first()).toBeVisible();
  });
});

test('Back, dropped files, links and crashes of workers lose nothing', async ({ page, browser }) => {
  await openTextLab(page);
  await test.step('Back brings back the columns as they were', async () => {
    await page.getByRole('button', { name: 'Remove GPT-2' }).click();
    await expect(column(page, 'GPT-2')).toHaveCount(0);
    await page.goBack();
    await expect(column(page, 'GPT-2')).toBeVisible();
    await page.goForward();
    await expect(column(page, 'GPT-2')).toHaveCount(0);
  });

  await test.step('dropped text files are read as what they are, and say so; a picture changes nothing', async () => {
    await page.goBack();
    await settled(page);
    await test.step('a dropped text file is read; UTF-16 too; a picture is refused and changes nothing', async () => {
      const lab = 'main h1';
      await dropFiles(page, lab, {
        name: 'notes.txt',
        type: 'text/plain',
        bytes: utf8('\ufeffdropped café'),
      });
      await expectTokens(page, 'UTF-8 bytes', 16);
      const utf16 = new Uint8Array(Uint16Array.from([0xfeff, 0x6f22, 0x5b57]).buffer);
      await dropFiles(page, lab, { name: 'wide.txt', type: 'text/plain', bytes: utf16 });
      await expectTokens(page, 'UTF-8 bytes', 6);
      await expect(page.getByText('wide.txt is UTF-16')).toBeVisible();
      const png = new Uint8Array([
        0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
      ]);
      await dropFiles(page, lab, { name: 'photo.png', type: 'image/png', bytes: png });
      await expect(page.getByText('photo.png is a picture.')).toBeVisible();
      await expect(page.getByText('Go to the image lab')).toBeVisible();
      expect(await figure(page, 'UTF-8 bytes', 'tokens')).toBe('6');
    });

    await test.step('a file that is not UTF-8 is read as well as it can be, and says so', async () => {
      const latin1 = new Uint8Array([0x63, 0x61, 0x66, 0xe9]);
      await dropFiles(page, 'main h1', { name: 'latin1.txt', type: 'text/plain', bytes: latin1 });
      await expect(page.getByText('latin1.txt is not valid UTF-8')).toBeVisible();
      await expectTokens(page, 'UTF-8 bytes', 6);
    });
  });

  await test.step('a link brings the text and the columns to a fresh profile', async () => {
    await field(page).fill('a text that travels: 東京\n');
    await page.getByRole('button', { name: 'Move o200k left' }).click();
    await page.getByRole('button', { name: 'Token ids' }).click();
    const text = 'a text that travels: 東京\n';
    const link = await linkWith(page, { text: text, showIds: true });
    const other = await (await browser.newContext()).newPage();
    await other.goto(link);
    await settled(other);
    await expect(field(other)).toHaveValue('a text that travels: 東京\n');
    await expect(other.getByRole('heading', { level: 2 })).toHaveText([
      'GPT-2',
      'o200k',
      'cl100k',
      'UTF-8 bytes',
    ]);
    await expect(other.getByRole('button', { name: 'Token ids' })).toHaveAttribute('aria-pressed', 'true');
    await other.context().close();
  });

  await test.step('a worker that crashes is started again, and the work goes on', async () => {
    await test.step('a worker that crashes is started again, and the work goes on', async () => {
      const workers = page.workers().filter((worker) => worker.url().includes('text'));
      expect(workers.length).toBeGreaterThan(0);
      for (const worker of workers) await worker.evaluate(() => self.close());
      await field(page).fill('one two three');
      await expectTokens(page, 'cl100k', 3);
      await expectTokens(page, 'GPT-2', 3);
    });

    await test.step('a worker that crashes while it works starts the work again', async () => {
      await field(page).focus();
      await page.keyboard.press('ControlOrMeta+a');
      const bytes = await pasteRepeated(page, 'All work and no play. ', 2_000_000);
      for (const worker of page.workers().filter((one) => one.url().includes('text'))) {
        await worker.evaluate(() => self.close()).catch(() => {});
      }
      await expectTokens(page, 'UTF-8 bytes', bytes);
      await settled(page);
    });
  });

  await test.step('a text too long for a link stays behind, and the link says so', async () => {
    await page.getByRole('group', { name: 'Large text' }).getByRole('button', { name: 'Clear' }).click();
    await field(page).focus();
    await page.keyboard.press('ControlOrMeta+a');
    const size = await pasteRepeated(page, 'far too long ', 1_000_000);
    await settled(page);
    const link = await linkWith(page, { omitted: size });
    const other = await (await browser.newContext()).newPage();
    await other.goto(link);
    await settled(other);
    await expect(
      other.getByText('This link was made with a text of 1.00 MB, too long for a link.'),
    ).toBeVisible();
    await expect(field(other)).toHaveValue(/^Tokenizers cut/);
    await other.context().close();
  });
});
