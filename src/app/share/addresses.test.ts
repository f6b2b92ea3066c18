import { describe, expect, it } from 'vitest';
import { linkForOthers, publicAddress, reachOf } from './addresses';

describe('reachOf', () => {
  it.each([
    'http://localhost:4173/',
    'http://app.localhost/',
    'http://127.0.0.1:8080/x',
    'http://127.8.9.10/',
    'http://0.0.0.0/',
    'http://[::1]:4173/',
    'file:///home/me/dist/index.html',
  ])('%s: this machine', (address) => expect(reachOf(new URL(address))).toBe('machine'));

  it.each([
    'http://[fe80::1]/',
    'http://[fd12:3456::1]/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.1.20/',
    'http://169.254.1.1/',
    'http://100.64.0.1/',
    'http://laptop/',
    'http://laptop.local/',
    'http://nas.home.arpa/',
  ])('%s: its network', (address) => expect(reachOf(new URL(address))).toBe('network'));

  it.each([
    'https://example.org/tokenoscope/',
    'https://user.example.io/tokenoscope/',
    'http://8.8.8.8/',
    'http://172.32.0.1/',
    'http://100.128.0.1/',
    'http://11.0.0.1/',
    'http://[2001:db8::1]/',
    'https://10.example.org/',
    'https://localhost.example.org/',
  ])('%s: everybody', (address) => expect(reachOf(new URL(address))).toBe('everybody'));
});

describe('linkForOthers', () => {
  it('is the link as it is, where others can open it', () => {
    const link = linkForOthers('#2.x', 'https://example.org/t/?a=1#old', 'https://other.example/');
    expect(link).toEqual({ url: 'https://example.org/t/?a=1#2.x', reach: 'everybody' });
  });

  it('is under the public address, where the page runs on this machine', () => {
    const link = linkForOthers('#2.x', 'http://localhost:4173/', 'https://example.org/t/');
    expect(link).toEqual({ url: 'https://example.org/t/#2.x', reach: 'everybody' });
  });

  it('says that nobody else can open it, where there is no public address', () => {
    const link = linkForOthers('#2.x', 'http://localhost:4173/', undefined);
    expect(link).toEqual({ url: 'http://localhost:4173/#2.x', reach: 'machine' });
  });
});

it('takes a public address with or without the slash at its end, and refuses what is none', () => {
  expect(publicAddress('https://example.org/t')).toBe('https://example.org/t/');
  expect(publicAddress('https://example.org/t/#x')).toBe('https://example.org/t/');
  expect([publicAddress(''), publicAddress(undefined)]).toEqual([undefined, undefined]);
  expect(() => publicAddress('ftp://example.org')).toThrow('VITE_PUBLIC_URL');
  expect(() => publicAddress('example')).toThrow();
});
