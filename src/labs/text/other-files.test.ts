import { describe, expect, it } from 'vitest';
import { otherKind } from './other-files';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('otherKind', () => {
  it.each([
    ['photo', '', '\x89PNG\r\n\x1a\n', 'picture'],
    ['photo.txt', '', '\xff\xd8\xff\xe0', 'picture'],
    ['x', '', 'RIFF\0\0\0\0WEBPVP8 ', 'picture'],
    ['x', '', '\0\0\0\x20ftypavif', 'picture'],
    ['drawing.svg', 'image/svg+xml', '<svg xmlns=', 'picture'],
    ['model.safetensors', '', '', 'weights'],
    ['weights', '', '\x48\x20\0\0\0\0\0\0{"__metadata__"', 'weights'],
    ['model', '', 'GGUF\x03', 'weights'],
    ['model.ONNX', '', '\x08\x07', 'weights'],
    ['notes.txt', 'text/plain', 'GIF is a format', undefined],
    ['tokenizer.json', 'application/json', '{"version":"1.0"', undefined],
    ['empty', '', '', undefined],
    ['drawing', '', '<svg xmlns=', undefined],
  ])('%s (%s) is known by its beginning or its name', (name, type, head, kind) => {
    expect(otherKind(name, type, bytes(head))).toBe(kind);
  });
});
