/** `read [PORT] [NAMES…]`: what is true of the terminal now; with `--statistics` what it counts itself. */
import type { Command } from 'commander';
import type { ReadingName } from '../../native-bridge/contract/reading.ts';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import { readingLabel } from '../../native-bridge/wording/index.ts';
import { splitPort } from '../arguments/port-argument.ts';
import { readNames } from '../arguments/values.ts';
import { connect } from '../connect.ts';
import { showMeasuring } from '../measuring.ts';
import { readStatistics } from './read-statistics.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { readingsView } from '../views/readings-view.ts';
import { terminalLine } from '../views/terminal-view.ts';

interface Options {
  readonly statistics?: boolean;
}

export function addRead(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('read')
    .description(words('cli_read_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .argument('[names...]', words('cli_argument_names', {}))
    .option('--statistics', words('cli_option_statistics', {}))
    .action((first: string | undefined, more: string[], { statistics = false }: Options) => {
      const { port, rest } = splitPort(first === undefined ? [] : [first, ...more]);
      if (statistics) {
        if (rest.length > 0) throw usageError('cli_usage_statistics_alone', {});
        run('read', (shell) => readStatistics(shell, port));
        return;
      }
      const names = rest.length === 0 ? null : readNames(rest);
      run('read', (shell) => read(shell, port, names));
    });
  addExamples(command, words, [
    ['pos-bench read /dev/ttyUSB0', 'cli_example_read_all'],
    ['pos-bench read COM7 battery wifi.rssiDbm', 'cli_example_read_some'],
    ['pos-bench read COM7 --statistics', 'cli_example_read_statistics'],
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
  let endMeasuring = (): void => undefined;
  const onProgress = (progress: Progress<'readTerminal'>): void => {
    if ('sampling' in progress) {
      endMeasuring = showMeasuring(shell, progress.sampling);
      return;
    }
    done += 1;
    const label = readingLabel(progress.reading.name, shell.locale);
    shell.progress.show(shell.words('cli_reading', { done, label }), 'read');
  };
  const params = { terminalId: terminal.id, names: names === null ? null : [...names] };
  const result = await bridge
    .request('readTerminal', params, { signal: shell.signal, onProgress })
    .finally(() => endMeasuring());
  shell.print(terminalLine(result.terminal, shell));
  shell.print(readingsView(result.readings, shell));
  const anyRead = result.readings.some((reading) => reading.failure === null);
  return { exit: anyRead || result.readings.length === 0 ? 0 : 3, result };
}
