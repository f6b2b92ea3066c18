import { describe, expect, it } from 'vitest';
import { DEFAULT_HUB } from './default-hub';
import { parseHub, parseSource } from './source';

const MIRROR = 'https://hub.example/hf';
const hubSource = (repository: string, revision = 'main', hub = MIRROR) => ({
  kind: 'hub',
  hub,
  repository,
  revision,
});
const commit = '0123456789abcdef0123456789abcdef01234567';

describe('parseSource', () => {
  it.each([
    [' turing-motors/One-D-Piece-S-256 ', hubSource('turing-motors/One-D-Piece-S-256')],
    ['a/b@v1.0', hubSource('a/b', 'v1.0')],
    ['a/b@refs/pr/3', hubSource('a/b', 'refs/pr/3')],
    [`hf:a/b@${commit}`, hubSource('a/b', commit)],
    [`${MIRROR}/a/b`, hubSource('a/b')],
    [`${MIRROR}/a/b/tree/dev`, hubSource('a/b', 'dev')],
    ['https://huggingface.co/a/b/', hubSource('a/b', 'main', DEFAULT_HUB)],
    [
      'https://huggingface.co/a/b/blob/main/ckpt/16%20s.pt?x=1',
      { ...hubSource('a/b', 'main', DEFAULT_HUB), path: 'ckpt/16 s.pt' },
    ],
    [`hf:a/b@${commit}/ckpt/16.pt`, { ...hubSource('a/b', commit), path: 'ckpt/16.pt' }],
    [
      'https://x.example/m/model.safetensors.index.json',
      { kind: 'url', folder: 'https://x.example/m/', weights: 'model.safetensors.index.json' },
    ],
    ['https://huggingface.co/a/b/resolve/refs%2Fpr%2F3/c', hubSource('a/b', 'refs/pr/3', DEFAULT_HUB)],
    ['https://x.example/m', { kind: 'url', folder: 'https://x.example/m/', weights: null }],
    ['https://x.example/m/config.json', { kind: 'url', folder: 'https://x.example/m/', weights: null }],
    [
      'https://x.example/m/titok%20s.safetensors#top',
      { kind: 'url', folder: 'https://x.example/m/', weights: 'titok s.safetensors' },
    ],
    ['http://localhost:8000/', { kind: 'url', folder: 'http://localhost:8000/', weights: null }],
  ])('reads %s', (text, expected) => expect(parseSource(text, MIRROR)).toEqual(expected));

  it.each([
    '',
    'gpt2',
    'a/b/c',
    '../x',
    'a/..',
    'a b/c',
    'a/b@',
    'ftp://x.example/',
    'javascript:alert(1)',
    'a/b@-x',
  ])('refuses "%s"', (text) =>
    expect(() => parseSource(text, MIRROR)).toThrow(/neither|not a revision|Nothing/),
  );

  it('says that plain http is out of reach', () => {
    expect(() => parseSource('http://x.example/m/', MIRROR)).toThrow(/over https only/);
  });
});

describe('parseHub', () => {
  it('takes an address without the slashes at its end, and the usual one where nothing is given', () => {
    expect(parseHub(' https://hub.example/hf// ')).toBe('https://hub.example/hf');
    expect(parseHub('http://localhost:8080')).toBe('http://localhost:8080');
    expect(parseHub('')).toBe(DEFAULT_HUB);
  });

  it.each(['huggingface.co', 'http://hub.example', 'https://hub.example/?token=1', 'https://'])(
    'refuses %s',
    (text) => expect(() => parseHub(text)).toThrow(/not the address of a hub/),
  );
});
