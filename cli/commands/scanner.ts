/** `scanner [PORT]`: the scanner's loop test, and its codes as a page and as pictures. */
import type { Command } from 'commander';
import type { Carrier, ScannerTest } from '../../native-bridge/contract/scanner.ts';
import { onlyPort } from '../arguments/port-argument.ts';
import { collect, wholeNumber } from '../arguments/values.ts';
import { connect } from '../connect.ts';
import { exitOfScannerTest } from '../exit-codes.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { scannerView } from '../views/scanner-view.ts';
import { terminalLine } from '../views/terminal-view.ts';
import { addExamples, type Register } from './register.ts';
import { startTrainingCounter } from './scanner-training.ts';
import { runScannerTest, type Holder } from './run-scanner-test.ts';
import { usualPage, writePage, writePictures } from './scanner-files.ts';

interface Options {
  readonly printed?: boolean;
  readonly page?: string;
  readonly images?: string;
  readonly timeout: number;
  readonly training?: boolean;
  readonly fault?: string[];
}

const defaultTimeoutSeconds = 20;

export function addScanner(parent: Command, { words, run }: Register): void {
  const seconds = wholeNumber('--timeout', { min: 1, max: 600 });
  const timeout = words('cli_option_scanner_timeout', {});
  const command = parent
    .command('scanner')
    .description(words('cli_scanner_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .option('--printed', words('cli_option_scanner_printed', {}))
    .option('--timeout <seconds>', timeout, seconds, defaultTimeoutSeconds)
    .option('--page <file>', words('cli_option_scanner_page', {}))
    .option('--images <folder>', words('cli_option_scanner_images', {}))
    .option('--training', words('cli_option_scanner_training', {}))
    .option('--fault <name>', words('cli_option_fault', {}), collect)
    .action((port: string | undefined, options: Options) => {
      const named = onlyPort(port);
      run('scanner', (shell) => scanner(shell, named, options));
    });
  addExamples(command, words, [
    ['pos-bench scanner /dev/ttyUSB0', 'cli_example_scanner'],
    ['pos-bench scanner --page codes.html', 'cli_example_scanner_page'],
    ['pos-bench scanner --training --fault scanner-window-dirty', 'cli_example_scanner_training'],
  ]);
}

async function scanner(shell: Shell, port: string | null, options: Options): Promise<Outcome> {
  const training = options.training === true;
  const named = port !== null || shell.options.port !== null;
  if (training ? named : options.fault !== undefined) {
    throw usageError('cli_usage_scanner_training', {});
  }
  const files = await writeFiles(shell, options);
  const onlyFiles = files.page !== null || files.images !== null;
  if (!named && !training && onlyFiles) return { exit: 0, result: { ...files, test: null } };
  const { test, page } = training
    ? { test: await practise(shell, options), page: files.page }
    : await testTerminal(shell, port, options, files.page);
  shell.print(scannerView(test, shell));
  return { exit: exitOfScannerTest(test.verdict), result: { ...files, page, test } };
}

interface Files {
  readonly page: string | null;
  readonly images: string | null;
}

async function writeFiles(shell: Shell, { page, images }: Options): Promise<Files> {
  return {
    page: page === undefined ? null : await writePage(shell, page),
    images: images === undefined ? null : await writePictures(shell, images),
  };
}

/** Whoever has a printed page already needs no other. */
async function testTerminal(
  shell: Shell,
  port: string | null,
  options: Options,
  written: string | null,
): Promise<{ readonly test: ScannerTest; readonly page: string | null }> {
  const terminal = await connect(shell, port);
  const needsPage = written === null && options.printed !== true;
  const page = needsPage ? await writePage(shell, usualPage()) : written;
  shell.print(terminalLine(terminal, shell));
  return { test: await tested(shell, terminal.id, options, null), page };
}

async function practise(shell: Shell, options: Options): Promise<ScannerTest> {
  const carrier: Carrier = options.printed === true ? 'paper' : 'screen';
  const { terminal, hold } = await startTrainingCounter(shell, options.fault ?? [], carrier);
  shell.print(terminalLine(terminal, shell));
  return await tested(shell, terminal.id, options, hold);
}

async function tested(
  shell: Shell,
  terminalId: string,
  { printed, timeout }: Options,
  hold: Holder | null,
): Promise<ScannerTest> {
  const carrier = printed === true ? 'paper' : 'screen';
  const codeTimeoutMs = timeout * 1000;
  return await runScannerTest(shell, { terminalId, carrier, codeTimeoutMs }, hold);
}
