/**
 * `qr FILE|TEXT`: what a payment code says; with a port, whether it is that terminal's. With a port
 * and nothing else, the code that the terminal shows.
 */
import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { maxQrCharacters, type QrInspection } from '../../native-bridge/contract/qr.ts';
import { connect, fileId } from '../connect.ts';
import { readCode } from '../input.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { qrPictureView } from '../views/qr-picture-view.ts';
import { qrView } from '../views/qr-view.ts';

interface QrOptions {
  readonly text?: string;
  readonly file?: string;
}

export function addQr(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('qr')
    .description(words('cli_qr_about', {}))
    .argument('[file|text]', words('cli_argument_qr', {}))
    .option('--text <text>', words('cli_option_qr_text', {}))
    .option('--file <file>', words('cli_option_qr_file', {}))
    .action((argument: string | undefined, options: QrOptions) => {
      const asked = askedFor(argument, options, command.optsWithGlobals<{ port?: string }>().port);
      run('qr', (shell) => inspect(shell, asked));
    });
  addExamples(command, words, [
    ['pos-bench qr "https://qr.alipay.com/abc"', 'cli_example_qr'],
    ['pos-bench qr counter.jpg', 'cli_example_qr_file'],
    ['pos-bench qr "00020101…6304A13A" --port COM7', 'cli_example_qr_terminal'],
    ['pos-bench qr --port COM7', 'cli_example_qr_shown'],
  ]);
}

/** `either`: a file where there is one of that name, else text. */
type Asked =
  | { readonly kind: 'either'; readonly word: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'shown'; readonly port: string };

function askedFor(
  argument: string | undefined,
  { text, file }: QrOptions,
  port: string | undefined,
): Asked {
  const given = [argument, text, file].filter((one) => one !== undefined);
  if (given.length === 0 && port !== undefined) return { kind: 'shown', port };
  if (given.length !== 1) throw usageError('cli_usage_qr', {});
  if (file !== undefined) return { kind: 'file', path: file };
  if (argument === '-') return { kind: 'stdin' };
  const word = argument ?? text ?? '';
  checkLength(word);
  return argument === undefined ? { kind: 'text', text: word } : { kind: 'either', word };
}

function checkLength(text: string): void {
  if (text.trim() !== '' && text.length <= maxQrCharacters) return;
  throw usageError('cli_usage_qr_length', { limit: maxQrCharacters });
}

/** Without `--port` no terminal is opened. */
async function inspect(shell: Shell, asked: Asked): Promise<Outcome> {
  const { kind } = asked;
  if (kind === 'file') return await inspectPicture(shell, asked.path);
  if (kind === 'stdin') return await inspectText(shell, await readCode(shell));
  if (kind === 'text') return await inspectText(shell, asked.text);
  if (kind === 'shown') return await inspectShown(shell, asked.port);
  const { word } = asked;
  return (await isFile(word)) ? await inspectPicture(shell, word) : await inspectText(shell, word);
}

/** What is called like a picture is not taken for a code's text though it isn't there. */
async function isFile(word: string): Promise<boolean> {
  const there = await stat(word).then(
    () => true,
    () => false,
  );
  return there || /^(?!\w+:\/\/).*\.(?:png|jpe?g|gif|bmp|webp|heic|heif|tiff?|pdf)$/iu.test(word);
}

async function inspectText(shell: Shell, text: string): Promise<Outcome> {
  checkLength(text);
  const terminalId = await comparedWith(shell);
  const bridge = await shell.bridge();
  const { signal } = shell;
  const result = await bridge.request('inspectQr', { text, terminalId }, { signal });
  shell.print(qrView(result, shell));
  return { exit: isWell(result) ? 0 : 1, result };
}

async function inspectShown(shell: Shell, port: string): Promise<Outcome> {
  const terminalId = (await connect(shell, port)).id;
  const bridge = await shell.bridge();
  const { signal } = shell;
  const result = await bridge.request('inspectShownQr', { terminalId }, { signal });
  const { seenUtc } = result;
  if (seenUtc !== null) shell.print(shell.style.dim(shell.words('cli_qr_taken', { seenUtc })));
  shell.print(qrView(result, shell));
  return { exit: isWell(result) ? 0 : 1, result };
}

async function inspectPicture(shell: Shell, path: string): Promise<Outcome> {
  const picture = await fileId(shell, path);
  const terminalId = await comparedWith(shell);
  const bridge = await shell.bridge();
  const { signal } = shell;
  shell.progress.show(shell.words('cli_qr_reading', { file: path }), 'picture');
  const params = { fileId: picture, terminalId };
  const result = await bridge.request('inspectQrPicture', params, { signal });
  shell.progress.clear();
  shell.print(qrPictureView(result, shell));
  const well = result.codes.length > 0 && result.codes.every((one) => isWell(one.inspection));
  return { exit: well ? 0 : 1, result };
}

async function comparedWith(shell: Shell): Promise<string | null> {
  const { port } = shell.options;
  return port === null ? null : (await connect(shell, port)).id;
}

function isWell({ faults, against }: QrInspection): boolean {
  return faults.length === 0 && against.every(({ verdict }) => verdict !== 'fail');
}
