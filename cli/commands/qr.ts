/** `qr <text>`: what a payment code says; with a port, whether it is that terminal's. */
import type { Command } from 'commander';
import { maxQrCharacters, type QrInspection } from '../../native-bridge/contract/qr.ts';
import { connect } from '../connect.ts';
import { readCode } from '../input.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { qrView } from '../views/qr-view.ts';

export function addQr(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('qr')
    .description(words('cli_qr_about', {}))
    .argument('<text>', words('cli_argument_qr', {}))
    .action((text: string) => {
      if (text !== '-') checkLength(text);
      run('qr', (shell) => inspect(shell, text));
    });
  addExamples(command, words, [
    ['pos-bench qr "https://qr.alipay.com/abc"', 'cli_example_qr'],
    ['pos-bench qr "00020101…6304A13A" --port COM7', 'cli_example_qr_terminal'],
  ]);
}

function checkLength(text: string): void {
  if (text.trim() !== '' && text.length <= maxQrCharacters) return;
  throw usageError('cli_usage_qr_length', { limit: maxQrCharacters });
}

/** Without `--port` no terminal is opened. */
async function inspect(shell: Shell, argument: string): Promise<Outcome> {
  const text = argument === '-' ? await readCode(shell) : argument;
  checkLength(text);
  const { port } = shell.options;
  const terminal = port === null ? null : await connect(shell, port);
  const bridge = await shell.bridge();
  const result = await bridge.request(
    'inspectQr',
    { text, terminalId: terminal?.id ?? null },
    { signal: shell.signal },
  );
  shell.print(qrView(result, shell));
  return { exit: isWell(result) ? 0 : 1, result };
}

function isWell({ faults, against }: QrInspection): boolean {
  return faults.length === 0 && against.every(({ verdict }) => verdict !== 'fail');
}
