/**
 * `adb-server`, `adb-server stop`: the adb server that runs here, which takes every Android terminal
 * that is plugged in. Without a keyboard or `--yes` it is not stopped.
 */
import type { Command } from 'commander';
import type { AdbServer } from '../../native-bridge/contract/usb.ts';
import { cleanText } from '../../native-bridge/wording/index.ts';
import { canAsk, confirm } from '../input.ts';
import type { Outcome, Shell } from '../shell.ts';
import { addExamples, type Register } from './register.ts';

export function addAdbServer(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('adb-server')
    .description(words('cli_adb_server_about', {}))
    .action(() => run('adb-server', show));
  const stopping = command
    .command('stop')
    .description(words('cli_adb_server_stop_about', {}))
    .option('--yes', words('cli_option_adb_server_yes', {}))
    .action(({ yes = false }: { yes?: boolean }) =>
      run('adb-server stop', (shell) => stop(shell, yes)),
    );
  addExamples(command, words, [['pos-bench adb-server', 'cli_example_adb_server']]);
  addExamples(stopping, words, [['pos-bench adb-server stop', 'cli_example_adb_server_stop']]);
}

async function find(shell: Shell): Promise<AdbServer | null> {
  const bridge = await shell.bridge();
  const { server } = await bridge.request('getAdbServer', {}, { signal: shell.signal });
  shell.print(server ? view(server, shell) : shell.words('cli_adb_server_none', {}));
  return server;
}

async function show(shell: Shell): Promise<Outcome> {
  return { exit: 0, result: { server: await find(shell) } };
}

async function stop(shell: Shell, yes: boolean): Promise<Outcome> {
  const server = await find(shell);
  if (server === null) return { exit: 0, result: { server, stopped: false } };
  const agreed =
    yes ||
    (canAsk(shell) && (await confirm(shell, shell.words('cli_ask_adb_server_stop', {}), 'yes')));
  if (!agreed) {
    shell.print(shell.words('cli_adb_server_kept', {}));
    return { exit: 4, result: { server, stopped: false } };
  }
  const bridge = await shell.bridge();
  const { stopped } = await bridge.request('stopAdbServer', {}, { signal: shell.signal });
  shell.print(shell.words(stopped ? 'cli_adb_server_stopped' : 'cli_adb_server_stays', {}));
  return { exit: stopped ? 0 : 4, result: { server, stopped } };
}

function view({ version, pid, devices }: AdbServer, shell: Shell): string {
  const head =
    pid === null
      ? shell.words('cli_adb_server_runs', { version })
      : shell.words('cli_adb_server_runs_as', { version, pid });
  const lines = devices.map(
    ({ serialNumber, state }) => `  ${cleanText(serialNumber, 60)}  ${cleanText(state, 30)}`,
  );
  return [head, ...lines].join('\n');
}
