/** `identify [PORT]`: who is there. */
import type { Command } from 'commander';
import { splitPort } from '../arguments/port-argument.ts';
import { connect } from '../connect.ts';
import { addExamples, type Register } from '../program.ts';
import { usageError } from '../usage-error.ts';
import { terminalView } from '../views/terminal-view.ts';

export function addIdentify(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('identify')
    .description(words('cli_identify_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .action((port: string | undefined) => {
      const named = onlyPort(port);
      run('identify', async (shell) => {
        const terminal = await connect(shell, named);
        shell.print(terminalView(terminal, shell));
        return { exit: 0, result: terminal };
      });
    });
  addExamples(command, words, [
    ['pos-bench identify /dev/ttyUSB0', 'cli_example_identify_serial'],
    ['pos-bench identify tcp://127.0.0.1:7000', 'cli_example_identify_tcp'],
  ]);
}

/** Null where none was named. A word that can't be a port is a mistake, not a port to try. */
export function onlyPort(word: string | undefined): string | null {
  if (word === undefined) return null;
  const { port } = splitPort([word]);
  if (port !== null) return port;
  throw usageError('cli_usage_not_a_port', { found: word });
}
