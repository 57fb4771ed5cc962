/** `app …`: the apps of an Android terminal: seen, judged, installed, taken away again. */
import type { Command } from 'commander';
import { appAllowances } from '../../native-bridge/contract/app.ts';
import { onlyPort, splitPort } from '../arguments/port-argument.ts';
import { collect } from '../arguments/values.ts';
import { connect, fileId } from '../connect.ts';
import { exitOfApp } from '../exit-codes.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { appListView, appPlanView, appResultView } from '../views/app-view.ts';
import { terminalLine } from '../views/terminal-view.ts';
import { installFile, type InstallOptions } from './install-app.ts';

export function addApp(parent: Command, register: Register): void {
  const app = parent.command('app').description(register.words('cli_app_about', {}));
  addList(app, register);
  addInspect(app, register);
  addInstall(app, register);
  addByName(app, register, 'uninstall');
  addByName(app, register, 'clear-cache');
}

function addList(app: Command, { words, run }: Register): void {
  const command = app
    .command('list')
    .description(words('cli_app_list_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .option('--all', words('cli_option_app_all', {}))
    .action((port: string | undefined, { all = false }: { all?: boolean }) => {
      const named = onlyPort(port);
      run('app list', (shell) => list(shell, named, all));
    });
  addExamples(command, words, [['pos-bench app list adb://192.168.1.20', 'cli_example_app_list']]);
}

function addInspect(app: Command, { words, run }: Register): void {
  const command = app
    .command('inspect')
    .usage('[options] [port] <file>')
    .description(words('cli_app_inspect_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .argument('[file]', words('cli_argument_app', {}))
    .action((first: string | undefined, second: string | undefined) => {
      const { port, file } = portAndFile(first, second);
      run('app inspect', (shell) => inspect(shell, port, file));
    });
  addExamples(command, words, [
    ['pos-bench app inspect till.apk', 'cli_example_app_inspect'],
    ['pos-bench app inspect till.apk --port adb://192.168.1.20', 'cli_example_app_inspect_port'],
  ]);
}

function addInstall(app: Command, { words, run }: Register): void {
  const command = app
    .command('install')
    .usage('[options] [port] <file>')
    .description(words('cli_app_install_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .argument('[file]', words('cli_argument_app', {}))
    .option('--yes', words('cli_option_yes_app', {}))
    .option('--allow <name>', words('cli_option_allow', {}), collectAllowance)
    .option('--case <id>', words('cli_option_case', {}))
    .action((first: string | undefined, second: string | undefined, options: InstallOptions) => {
      const { port, file } = portAndFile(first, second);
      run('app install', (shell) => installFile(shell, port, file, options));
    });
  addExamples(command, words, [
    ['pos-bench app install till.apk --port adb://192.168.1.20', 'cli_example_app_install'],
  ]);
}

function addByName(
  app: Command,
  { words, run }: Register,
  name: 'uninstall' | 'clear-cache',
): void {
  const isClear = name === 'clear-cache';
  app
    .command(name)
    .usage('[options] [port] <package>')
    .description(words(isClear ? 'cli_app_clear_cache_about' : 'cli_app_uninstall_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .argument('[package]', words('cli_argument_package', {}))
    .option('--case <id>', words('cli_option_case', {}))
    .action((first: string | undefined, second: string | undefined, options: { case?: string }) => {
      const { port, rest } = splitPort([first, second].filter((word) => word !== undefined));
      const [packageName] = rest;
      if (packageName === undefined) {
        throw usageError('cli_usage_missing_argument', { argument: 'package' });
      }
      const caseId = options.case ?? null;
      run(`app ${name}`, (shell) => byName(shell, { name, port, packageName, caseId }));
    });
}

/** `[PORT] FILE`: one word is the file, and the port is `--port` or the only known one. */
function portAndFile(
  first: string | undefined,
  second: string | undefined,
): { port: string | null; file: string } {
  if (first === undefined) throw usageError('cli_usage_missing_argument', { argument: 'file' });
  if (second === undefined) return { port: null, file: first };
  return { port: onlyPort(first), file: second };
}

function collectAllowance(name: string, before: readonly string[] = []): string[] {
  if ((appAllowances as readonly string[]).includes(name)) return collect(name, [...before]);
  throw usageError('cli_usage_allow', { name, known: appAllowances.join(', ') });
}

async function list(shell: Shell, port: string | null, all: boolean): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const bridge = await shell.bridge();
  const { signal } = shell;
  const result = await bridge.request('listApps', { terminalId: terminal.id, all }, { signal });
  shell.print(terminalLine(terminal, shell));
  shell.print(appListView(result, shell));
  return { exit: 0, result };
}

/** Against a terminal where one was named; of the file alone else. */
async function inspect(shell: Shell, port: string | null, file: string): Promise<Outcome> {
  const id = await fileId(shell, file);
  const isAsked = port !== null || shell.options.port !== null;
  const terminal = isAsked ? await connect(shell, port) : null;
  const bridge = await shell.bridge();
  const asked = { fileId: id, terminalId: terminal?.id ?? null };
  const inspection = await bridge.request('inspectApp', asked, { signal: shell.signal });
  if (terminal !== null) shell.print(terminalLine(terminal, shell));
  shell.print(appPlanView(inspection, shell));
  return { exit: inspection.blockers.length > 0 ? 4 : 0, result: inspection };
}

interface Named {
  readonly name: 'uninstall' | 'clear-cache';
  readonly port: string | null;
  readonly packageName: string;
  readonly caseId: string | null;
}

async function byName(shell: Shell, { name, port, packageName, caseId }: Named): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const bridge = await shell.bridge();
  const { signal } = shell;
  const request = name === 'uninstall' ? 'uninstallApp' : 'clearAppCache';
  const asked = { terminalId: terminal.id, packageName, caseId };
  const result = await bridge.request(request, asked, { signal });
  shell.print(appResultView(result, shell));
  return { exit: exitOfApp(result.verdict), result };
}
