import { describe, expect, it } from 'vitest';
import {
  badArguments,
  type Command,
  defineCommand,
  flag,
  optional,
  repeated,
  required,
  withDefault,
} from './command';
import { main } from './main';

const NO_IO = { stdin: async () => new Uint8Array(0), stdout: () => {}, stderr: () => {} };

/** A command with an option of every kind, and what it was given. */
function sample(): { command: Command; given: () => unknown } {
  let given: unknown;
  const command = defineCommand({
    name: 'sample',
    summary: 'What it does.',
    options: {
      model: required('ID', 'which model', 'Name a model with --model.'),
      half: flag('halves it'),
      k: withDefault('N', 'how many', '8', (text, name) => {
        if (!/^\d+$/.test(text)) throw badArguments(`${name} takes a number, not "${text}".`);
        return Number(text);
      }),
      out: optional('FILE', 'where it goes'),
      set: repeated('KEY=VALUE', 'a setting '.repeat(20).trim()),
    },
    argument: { value: 'INPUT', about: 'what it reads', missing: 'Name one input.' },
    async run(values, _, argument) {
      given = { ...values, argument };
      return 0;
    },
  });
  return { command, given: () => given };
}

async function failure(...argv: string[]): Promise<string> {
  const error = await sample()
    .command.run(argv, NO_IO)
    .then(
      () => undefined,
      (reason: unknown) => reason as Error & { hint: string; code: string },
    );
  expect(error?.code).toBe('bad-arguments');
  expect(error?.hint).toContain('Usage: npm run -s cli -- sample --model ID');
  return error!.message;
}

describe('a command', () => {
  it('reads its options and its argument in any order', async () => {
    const { command, given } = sample();
    await command.run(['--set', 'a=1', 'file', '--model=x', '--half', '--set=b=2', '--k', '3'], NO_IO);
    const values = { model: 'x', half: true, k: 3, out: undefined, set: ['a=1', 'b=2'] };
    expect(given()).toEqual({ ...values, argument: 'file' });
    await command.run(['--model', 'y', '--model', 'x', '--', '--dashed'], NO_IO);
    expect(given()).toEqual({ ...values, half: false, k: 8, set: [], argument: '--dashed' });
    await command.run(['--model', 'x', '-'], NO_IO);
    expect(given()).toMatchObject({ argument: '-' });
  });

  it.each([
    [
      ['--model', 'x', '--nope', 'a'],
      'There is no option "--nope". Options are: --model, --half, --k, --out, --set.',
    ],
    [['--model', 'x', '-m', 'a'], 'There is no option "-m".'],
    [['--model', 'x', '--toString', 'a'], 'There is no option "--toString".'],
    [['a'], 'Name a model with --model.'],
    [['--model=', 'a'], 'Name a model with --model.'],
    [['a', '--model'], '--model needs a value: ID.'],
    [['--model', 'x', '--k', '-1', 'a'], '--k needs a value; write --k=-1 if "-1" is meant.'],
    [['--model', 'x', '--k=-1', 'a'], '--k takes a number, not "-1".'],
    [['--model', 'x', '--half=yes', 'a'], '--half takes no value.'],
    [['--model', 'x'], 'Name one input.'],
    [['--model', 'x', 'a', 'b'], 'Name one input.'],
  ])('refuses %j and says why', async (argv, message) => {
    expect(await failure(...argv)).toContain(message);
  });

  it('derives its help from what it declares', () => {
    const { usage, help } = sample().command;
    expect(usage).toBe('sample --model ID [--half] [--k N] [--out FILE] [--set KEY=VALUE]... INPUT');
    expect(help).toContain(`Usage: npm run -s cli -- ${usage}\n\nWhat it does.\n\n  --model  which model\n`);
    expect(help).toContain('  --k      how many (default: 8)\n');
    expect(help).toContain('  INPUT    what it reads\n');
    for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(118);
  });
});

describe('every command', () => {
  it('explains each of its options', async () => {
    const out: string[] = [];
    await main(['--help'], { ...NO_IO, stdout: (text) => out.push(text) });
    const names = [...out.join('').matchAll(/^ {2}([a-z]+(?:-[a-z]+)*) /gm)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(6);
    for (const name of names.filter((word) => word !== 'COMMAND')) {
      const help: string[] = [];
      expect(await main([name, '--help'], { ...NO_IO, stdout: (text) => help.push(text) })).toBe(0);
      const [usage = '', ...rest] = help.join('').split('\n');
      for (const [option] of usage.matchAll(/--[a-z-]+(?=[ \]])/g)) {
        expect(
          rest.some((line) => line.startsWith(`  ${option}  `) || line.startsWith(`  ${option} `)),
          option,
        ).toBe(true);
      }
    }
  });
});
