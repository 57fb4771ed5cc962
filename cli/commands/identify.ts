/** `identify [PORT]`: who is there. */
import type { Command } from 'commander';
import { onlyPort } from '../arguments/port-argument.ts';
import { connect } from '../connect.ts';
import { addExamples, type Register } from './register.ts';
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
