import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Page } from '@playwright/test';

/** A file to give to a page: on disk, or made up by the test. */
export type TestFile = string | { readonly name: string; readonly type: string; readonly bytes: Uint8Array };

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  txt: 'text/plain',
};

/** Drops files onto the first element of a selector, with the events of a real drag. */
export async function dropFiles(page: Page, selector: string, ...files: TestFile[]): Promise<void> {
  const transfer = await transferOf(page, files);
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.locator(selector).first().dispatchEvent(type, { dataTransfer: transfer });
  }
}

/** Pastes files as Ctrl+V would, at the element that has the focus. */
export async function pasteFiles(page: Page, ...files: TestFile[]): Promise<void> {
  const transfer = await transferOf(page, files);
  await transfer.evaluate((data) => {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
}

async function transferOf(page: Page, files: readonly TestFile[]) {
  const contents = await Promise.all(files.map(load));
  return await page.evaluateHandle((items) => {
    const transfer = new DataTransfer();
    for (const { name, type, base64 } of items) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type }));
    }
    return transfer;
  }, contents);
}

async function load(file: TestFile): Promise<{ name: string; type: string; base64: string }> {
  if (typeof file !== 'string') {
    return { name: file.name, type: file.type, base64: Buffer.from(file.bytes).toString('base64') };
  }
  const type = types[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? '';
  return { name: basename(file), type, base64: (await readFile(file)).toString('base64') };
}
