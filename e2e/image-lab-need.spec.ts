import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expectAccessible } from './support/accessibility';
import { dropFiles, type TestFile } from './support/files';
import { expect, test } from './support/fixtures';
import { ImageLabPage, pngFile, SMALL } from './support/image-lab';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const SAMPLES = [
  'balloon',
  'cat',
  'coral',
  'dunes',
  'julia',
  'portrait',
  'poster',
  'sunflower',
  'test-chart',
];

/** Twelve files, three of them broken in different ways. */
async function folder(): Promise<TestFile[]> {
  const files: TestFile[] = await Promise.all(
    SAMPLES.map(async (id) => ({
      name: `${id}.png`,
      type: 'image/png',
      // Of the model's size: nothing is resampled, so that the page and any other decoder see the same pixels.
      bytes: await sharp(`public/samples/${id}.webp`).resize(64, 64).png().toBuffer(),
    })),
  );
  const whole = await sharp('public/samples/cat.webp').resize(64, 64).png().toBuffer();
  files.splice(3, 0, { name: 'notes.png', type: 'image/png', bytes: Buffer.from('no picture at all') });
  files.splice(6, 0, { name: 'cut.png', type: 'image/png', bytes: whole.subarray(0, 40) });
  files.push({ name: 'empty.png', type: 'image/png', bytes: Buffer.alloc(0) });
  return files;
}

test('says how many tokens a picture needs, and how many every picture of a folder needs', async ({
  page,
}) => {
  const lab = new ImageLabPage(page);
  await lab.open(SMALL);
  const question = page.getByRole('button', { name: 'How many tokens does this picture need?' });
  const panel = page.getByRole('region', { name: 'How many tokens does this picture need?' });
  const target = panel.getByLabel('of at least');

  await test.step('the picture on screen', async () => {
    // From beside the slider, where it comes to mind; the section's own heading opens and folds it as well.
    await page.getByRole('button', { name: 'How many are enough?' }).click();
    await expect(target).toBeInViewport();
    await expect(question).toBeFocused();
    await expect(question).toHaveAttribute('aria-expanded', 'true');
    const answer = panel.getByRole('listitem').first();
    await expect(answer).toContainText(/\d+ tokens of 128/);
    const k = Number(await answer.locator('strong').textContent());
    await answer.getByRole('button', { name: 'Show it' }).click();
    await expect(lab.reconstruction).toHaveAttribute('data-k', String(k));
    await expect(lab.reconstruction).toBeInViewport();
    // The lab's own figure reaches the target there, and misses it one token earlier.
    await expect.poll(() => lab.fact('PSNR')).toBeGreaterThanOrEqual(20);
    await lab.field.fill(String(k - 1));
    await expect(lab.reconstruction).toHaveAttribute('data-k', String(k - 1));
    await expect.poll(() => lab.fact('PSNR')).toBeLessThanOrEqual(20);
    // Another target is another answer: what cannot be reached is said.
    await target.fill('60');
    await expect(answer).toContainText('Not reached: all 128 tokens give');
    // A target can be named instead.
    const named = panel.getByRole('group', { name: 'Targets by name' });
    await named.getByRole('button', { name: 'Like JPEG at quality 10' }).click();
    await expect(target).toHaveValue('25.4');
    await named.getByRole('button', { name: 'Recognisable' }).click();
    await expect(target).toHaveValue('20');
    await expect(named.getByRole('button', { pressed: true })).toHaveText('Recognisable');
    await expect(answer.locator('strong')).toHaveText(String(k));
    await page.evaluate(() => scrollTo(0, 0));
    await expectAccessible(page);
  });

  await test.step('a folder, of which some files are broken', async () => {
    await dropFiles(page, 'body', ...(await folder()));
    const offer = page.getByRole('status').filter({ hasText: '12 files were dropped' });
    await offer.getByRole('button', { name: 'Measure all' }).click();
    const rows = panel.getByRole('row').filter({ has: page.getByRole('rowheader') });
    await expect(rows).toHaveCount(9, { timeout: 60_000 });
    const left = panel.getByRole('group').filter({ hasText: '3 files were left out' });
    await expect(left.getByRole('listitem')).toHaveCount(3);
    await expect(left).toContainText(/notes\.png.*it is text/);
    await expect(left).toContainText(/cut\.png/);
    await expect(left).toContainText(/empty\.png.*empty/);
    // A column's name sorts; a picture's name opens it.
    await panel.getByRole('button', { name: 'Tokens', exact: true }).click();
    const tokens = (await rows.locator('td:nth-child(4)').allTextContents()).map((text) =>
      text.startsWith('>') ? 999 : Number(text),
    );
    expect(tokens).toEqual([...tokens].sort((a, b) => a - b));
    expect(new Set(tokens).size).toBeGreaterThan(4);
    await panel.getByRole('button', { name: 'dunes.png' }).click();
    await lab.expectReady('dunes.png');
  });

  await test.step('the CSV, with its protocol, agrees with the table', async () => {
    const saving = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'CSV with protocol' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('tokens-needed-psnr-20.csv');
    const text = await readFile(await saved.path(), 'utf8');
    const lines = text.trimEnd().split('\r\n');
    const head = lines.filter((line) => line.startsWith('#')).join('\n');
    for (const words of [
      /question: .*PSNR of at least 20 dB/,
      /9 measured, 3 left out as broken, 0 not reached of 12 files/,
      /crop: .*resampler: bicubic/,
      /model: karhunen-64, hash [0-9a-f]{8}, 64 x 64, 128 tokens of 16 bits, on WASM/,
    ]) {
      expect(head).toMatch(words);
    }
    const header = Number(/header is line (\d+)/.exec(head)![1]);
    const columns = lines[header - 1]!.split(',');
    expect(columns.slice(0, 6)).toEqual([
      'picture',
      'width',
      'height',
      'file_bytes',
      'model',
      'tokens_needed',
    ]);
    const row = lines.find((line) => line.startsWith('dunes.png,'))!.split(',');
    const shown = panel.getByRole('row').filter({ hasText: 'dunes.png' }).locator('td:nth-child(4)');
    await expect(shown).toHaveText(row[5]!);
    expect(Number(row[columns.indexOf('psnr_there')])).toBeGreaterThanOrEqual(20);
    expect(lines.filter((line) => /^(notes|cut|empty)\.png,/.test(line))).toHaveLength(3);
  });

  await test.step('plots and the use of the codebook', async () => {
    await panel.getByRole('radio', { name: 'Plots' }).check();
    await expect(panel.getByRole('img', { name: /^Tokens needed by size/ }).locator('circle')).toHaveCount(9);
    await expect(panel.getByRole('img', { name: /^Pictures by tokens needed/ })).toBeVisible();
    await panel.getByRole('radio', { name: 'Codebook' }).check();
    await expect(panel.getByText(/1,152 tokens use [\d,]+ of 65,536 codes/)).toBeVisible();
    await page.evaluate(() => scrollTo(0, 0));
    await expectAccessible(page);
  });

  await test.step('cancel keeps what is done, and it can go on', async () => {
    const many = await Promise.all(Array.from({ length: 30 }, (_, i) => pngFile(`many-${i}.png`, 64, 64)));
    await dropFiles(page, 'body', ...many);
    await page.getByRole('button', { name: 'Measure all' }).click();
    await expect(panel.getByText(/^\d+ of 30 measured, .* left$/)).toBeVisible({ timeout: 30_000 });
    await panel.getByRole('button', { name: 'Cancel' }).last().click();
    const stopped = panel.getByText(/^Stopped after \d+ of 30 files/);
    await expect(stopped).toBeVisible();
    const done = Number(/after (\d+)/.exec((await stopped.textContent()) ?? '')![1]);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(30);
    await panel.getByRole('button', { name: 'Go on' }).click();
    await expect(stopped).toBeHidden();
    await expect(panel.getByText('Done: 30 of 30 measured.')).toBeVisible({ timeout: 90_000 });
  });
});
