/** `read [PORT] [NAMES…]`: what is true of the terminal now. */
import type { Command } from 'commander';
import type { ReadingName } from '../../native-bridge/contract/reading.ts';
import { readingLabel } from '../../native-bridge/wording/index.ts';
import { splitPort } from '../arguments/port-argument.ts';
import { readNames } from '../arguments/values.ts';
import { connect } from '../connect.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { readingsView } from '../views/readings-view.ts';
import { terminalLine } from '../views/terminal-view.ts';

export function addRead(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('read')
    .description(words('cli_read_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .argument('[names...]', words('cli_argument_names', {}))
    .action((first: string | undefined, more: string[]) => {
      const { port, rest } = splitPort(first === undefined ? [] : [first, ...more]);
      const names = rest.length === 0 ? null : readNames(rest);
      run('read', (shell) => read(shell, port, names));
    });
  addExamples(command, words, [
    ['pos-bench read /dev/ttyUSB0', 'cli_example_read_all'],
    ['pos-bench read COM7 battery wifi.rssiDbm', 'cli_example_read_some'],
  ]);
}

async function read(
  shell: Shell,
  port: string | null,
  names: readonly ReadingName[] | null,
): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const bridge = await shell.bridge();
  let done = 0;
  const result = await bridge.request(
    'readTerminal',
    { terminalId: terminal.id, names: names === null ? null : [...names] },
    {
      signal: shell.signal,
      onProgress: ({ reading }) => {
        done += 1;
        const label = readingLabel(reading.name, shell.locale);
        shell.progress.show(shell.words('cli_reading', { done, label }), 'read');
      },
    },
  );
  shell.print(terminalLine(result.terminal, shell));
  shell.print(readingsView(result.readings, shell));
  const anyRead = result.readings.some((reading) => reading.failure === null);
  return { exit: anyRead || result.readings.length === 0 ? 0 : 3, result };
}
