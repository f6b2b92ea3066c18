import { afterEach, describe, expect, it } from 'vitest';
import { decodeLink, encodeLink } from '../../core/link/envelope';
import { encodingOfId, isTokenizerFileId, sha256OfId, tokenizerFileId } from '../../core/link/tokenizer-file';
import { encodeUtf8 } from '../../core/text/utf8';
import { tiktokenFile } from '../../tokenizers/testing/rank-vocabulary';
import { chooseEncoding, columnIdOf } from './own-changes';
import { testLab, until } from './testing/lab';
import type { TextLab } from './text-lab';

const labs: TextLab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

const bytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
const content = tiktokenFile([...bytes, encodeUtf8('12345')]) as Uint8Array<ArrayBuffer>;
const file = () => new File([content], 'x.tiktoken');

function fresh() {
  const lab = testLab();
  labs.push(lab);
  lab.state.replace('12345');
  lab.columns.set([]);
  const stop = lab.jobs.start();
  const dispose = lab.dispose.bind(lab);
  return Object.assign(lab, {
    dispose() {
      stop();
      dispose();
    },
  });
}

/** The ids of a column's tokens, once they are there. */
async function idsOf(lab: TextLab, id: string) {
  const { document } = lab.state.get();
  await until(lab.columns.store, () => {
    const column = lab.columns.find(id);
    return column?.result?.document === document && !column.busy;
  });
  return [...lab.columns.find(id)!.result!.segmentation.tokens.ids];
}

describe('ids of tokenizer files', () => {
  it('name the encoding that was chosen', () => {
    const sha256 = 'a'.repeat(64);
    const id = tokenizerFileId(sha256, 'gpt2');
    expect([sha256OfId(id), encodingOfId(id), isTokenizerFileId(id)]).toEqual([sha256, 'gpt2', true]);
    expect(encodingOfId(tokenizerFileId(sha256))).toBeUndefined();
    expect([`${id}!`, `file:${sha256}:`, `${id}:x`].filter(isTokenizerFileId)).toEqual([]);
  });
});

describe('the encoding of a .tiktoken file', () => {
  it('is offered where the file leaves it open, and is part of what the column is', async () => {
    const lab = fresh();
    await lab.intake.take([file()]);
    const [plain] = lab.columns.ids as [string];
    expect(await idsOf(lab, plain)).toEqual([49, 50, 51, 52, 53]);
    const { encodings } = lab.columns.find(plain)!.result!.segmentation;
    expect(encodings).toMatchObject({ chosen: 'cl100k', isGuess: true });

    const chosen = chooseEncoding(lab, plain, 'gpt2');
    expect(chosen).toBe(tokenizerFileId(sha256OfId(plain), 'gpt2'));
    expect(lab.columns.ids).toEqual([chosen]);
    expect(lab.columns.find(chosen)?.result?.segmentation.tokens.ids).toHaveLength(5);
    expect(await idsOf(lab, chosen)).toEqual([256]);
    expect(lab.own.justChosen).toBe(chosen);

    // From the list it comes back as it was; the same file again is the same column.
    expect(columnIdOf(lab.own.find(chosen)!)).toBe(chosen);
    await lab.intake.take([file()]);
    expect(lab.columns.ids).toEqual([chosen]);
    // Replacing by what is there already leaves one.
    lab.columns.add(plain);
    chooseEncoding(lab, plain, 'gpt2');
    expect(lab.columns.ids).toEqual([chosen]);
  });

  it('travels in links, and is applied when the file arrives', async () => {
    const lab = fresh();
    await lab.intake.take([file()]);
    const [plain] = lab.columns.ids as [string];
    const chosen = chooseEncoding(lab, plain, 'gpt2');
    const { parts } = await decodeLink(encodeLink('text', lab.link.write(false))!);
    const other = fresh();
    expect(other.link.open(parts['text']!)).toEqual([]);
    expect(other.columns.ids).toEqual([chosen]);
    expect(other.own.namesOf([chosen])).toEqual({ [chosen]: 'x.tiktoken' });
    await other.intake.take([file()], { as: 'tokenizer', wanted: chosen });
    expect(other.intake.store.getState().message?.title).not.toContain('not the file');
    expect(await idsOf(other, chosen)).toEqual([256]);
  });

  it('that a link names and nobody knows is an error of its column', async () => {
    const lab = fresh();
    await lab.intake.take([file()]);
    const [plain] = lab.columns.ids as [string];
    const unknown = tokenizerFileId(sha256OfId(plain), 'gpt9');
    lab.columns.add(unknown);
    await until(lab.columns.store, () => lab.columns.find(unknown)?.error !== null);
    expect(lab.columns.find(unknown)?.error).toMatchObject({
      code: 'tokenizer-unknown',
      message: 'There is no encoding "gpt9" here.',
    });
  });
});
