/** How a command ended is told by the shell itself where the daemon tells nothing. */
import { describe, expect, it } from 'vitest';
import {
  quoteCommand,
  tellingExitCode,
  toldExitCode,
} from '../../../native-bridge/protocols/android/index.ts';
import { runIn, shells } from './shells.ts';

const marker = '0123456789abcdef0123456789abcdef';

describe.runIf(shells.length > 0).each(shells)('in %s', (shell) => {
  const run = (...argv: string[]) =>
    toldExitCode(
      runIn(shell, tellingExitCode(quoteCommand(argv), marker), 'argument').stdout,
      marker,
    );

  it.each([0, 1, 127])('code %i comes through, and the output as it was', (code) => {
    const script = `printf 'one\\ntwo'; exit ${code}`;
    expect(run('sh', '-c', script)).toEqual({ output: 'one\ntwo', exitCode: code });
  });

  it('so does that of a command that ends its shell', () => {
    expect(run('exit', '3')).toEqual({ output: '', exitCode: 3 });
  });
});

it.each([
  ['nothing', ''],
  ['output that was cut off', 'one\ntwo'],
  ['a shell that echoes what it is told', tellingExitCode('true', marker)],
  ['a line that goes on', `one\n${marker} 0 and more\n`],
])('%s tells no code', (_, printed) => {
  expect(toldExitCode(printed, marker)).toBeNull();
});

it('line ends of a terminal are not the command’s', () => {
  const printed = `one\r\n\r\n${marker} 2\r\n`;
  expect(toldExitCode(printed, marker)).toEqual({ output: 'one\r\n', exitCode: 2 });
});
