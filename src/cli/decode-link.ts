import { decodeLink } from '../core/link/envelope';
import { decodeUtf8 } from '../core/text/utf8';
import { linkFormats } from '../labs/link-formats';
import { defineCommand } from './command';

/**
 * The experiment of a permalink, or of its hash alone, as one JSON object with token ids as an array, a text's bytes as
 * text, and `problems` that name what is missing.
 */
export const command = defineCommand({
  name: 'decode-link',
  summary: 'A permalink -> its experiment as one JSON object.',
  options: {},
  argument: {
    value: 'URL',
    about: "a link or its hash, in quotes because a shell interprets '#' and '&'",
    missing: 'This command takes exactly one link.',
  },
  async run(_, io, url) {
    const { lab, parts, problems } = await decodeLink(hashOf(url));
    const said = [...problems];
    const experiments = Object.entries(parts).map(([id, part]) => {
      const format = linkFormats[id];
      if (!format) said.push(`This link opens the lab "${id}", which this version does not have.`);
      return [id, format?.read(part, said)];
    });
    const plain = (_key: string, value: unknown) => {
      if (value instanceof Uint32Array) return Array.from(value);
      return value instanceof Uint8Array ? decodeUtf8(value) : value;
    };
    io.stdout(`${JSON.stringify({ lab, ...Object.fromEntries(experiments), problems: said }, plain)}\n`);
    return 0;
  },
});

/** The part from `#` on; a text without `#` is taken as the hash itself. */
function hashOf(url: string): string {
  const at = url.indexOf('#');
  return at < 0 ? url : url.slice(at);
}
