import { describe, expect, it } from 'vitest';
import { otherFile } from './other-files';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('otherFile', () => {
  it.each([
    ['photo', '', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', /photo is a picture/],
    ['photo.txt', '', '\xff\xd8\xff\xe0', /is a picture/],
    ['x', '', 'RIFF\x10\0\0\0WEBPVP8 ', /is a picture/],
    ['drawing.svg', 'image/svg+xml', '<svg xmlns=', /is a picture/],
    ['model.safetensors', '', '', /a model's weights/],
    ['weights', '', '\x48\x20\0\0\0\0\0\0{"__metadata__"', /a model's weights/],
    ['model', '', 'lmgg\x01\0\0\0', /a model's weights/],
    ['model.pt', '', 'PK\x03\x04', /a model's weights/],
    ['paper.pdf', '', '%PDF-1.7\n%\xe2\xe3', /a PDF document/],
    ['scan.tif', '', 'II*\0\x08', /TIFF picture/],
    ['notes.txt', 'text/plain', 'GIF89a is a format', undefined],
    ['page.html', 'text/html', '<!doctype html><svg></svg>', undefined],
    ['tokenizer.json', '', '<!doctype html><title>Sign in</title>', /an HTML page/],
    ['config.json', '', '{"model_type": "bert"}', /a model's settings/],
    ['vocab.txt', '', '<pad>\n<s>\n<unk>\n', /a list of tokens/],
    ['notes.txt', '', 'GGUF is a format', undefined],
    ['broken.gguf', '', 'GG', /not a GGUF file, whatever its name says/],
    ['gated.gguf', '', '<!doctype html><title>Sign in</title>', /an HTML page/],
    ['pointer.gguf', '', 'version https://git-lfs.github.com/spec/v1\noid sha256:0', /a Git LFS pointer/],
    ['added_tokens.json', '', '{"<extra>": 32000, "<more>": 32001}', /tokens that were added/],
    ['hello.json', '', '{"hello": 1}', undefined],
    ['data.xml', '', '<?xml version="1.0"?><a/>', undefined],
    ['tokenizer.json', 'application/json', '{"version":"1.0"', undefined],
    ['latin1.txt', 'text/plain', 'caf\xe9', undefined],
    ['wide.txt', 'text/plain', '\xff\xfea\0b\0', undefined],
    ['drawing', '', '<svg xmlns=', undefined],
    ['empty', '', '', undefined],
  ])('%s (%s) is known by its beginning or its name', (name, type, head, title) => {
    const found = otherFile(name, type, bytes(head));
    if (title) expect(found?.title).toMatch(title);
    else expect(found).toBeUndefined();
  });
});
