import type { LinkFormat } from './lab';

const modules = import.meta.glob<LinkFormat<unknown>>('./*/link-format.ts', {
  eager: true,
  import: 'linkFormat',
});

/** How each lab's part of a link is read and written, by lab. For the command line: the page loads them with their labs. */
export const linkFormats: Readonly<Record<string, LinkFormat<unknown>>> = Object.fromEntries(
  Object.entries(modules).map(([path, format]) => [path.split('/')[1]!, format]),
);
