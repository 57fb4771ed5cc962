/** Installing an app: what it is and what speaks against it is shown first, and asked about. */
import type { AppInspection, AppProgress } from '../../native-bridge/contract/app.ts';
import { commandLine, connect, fileId } from '../connect.ts';
import { exitOfApp } from '../exit-codes.ts';
import { canAsk, confirm } from '../input.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { appPlanView, appResultView } from '../views/app-view.ts';
import { terminalLine } from '../views/terminal-view.ts';

export interface InstallOptions {
  readonly yes?: boolean;
  readonly allow?: string[];
  readonly case?: string;
}

export async function installFile(
  shell: Shell,
  port: string | null,
  file: string,
  options: InstallOptions,
): Promise<Outcome> {
  if (options.yes !== true && !canAsk(shell)) throw usageError('cli_usage_needs_yes_app', {});
  // A wrong file name should not have to wait for a terminal.
  const id = await fileId(shell, file);
  const terminal = await connect(shell, port);
  const { id: terminalId } = terminal;
  const bridge = await shell.bridge();
  const { signal } = shell;
  const plan = await bridge.request('inspectApp', { fileId: id, terminalId }, { signal });
  shell.print(terminalLine(terminal, shell));
  shell.print(appPlanView(plan, shell));
  const refused = await unlessAccepted(shell, plan, options);
  if (refused !== null) return { exit: refused, result: { plan, app: null } };
  const app = await bridge.request(
    'installApp',
    {
      terminalId,
      fileId: id,
      caseId: options.case ?? null,
      acceptedSha256: plan.app.fileSha256,
      allow: options.allow ?? [],
    },
    { signal, onProgress: (progress) => show(shell, progress) },
  );
  shell.progress.clear();
  shell.print(appResultView(app, shell));
  if (app.verdict === 'done' && app.before === null) {
    const undo = commandLine(shell, ['app', 'uninstall', terminal.portUrl, app.packageName]);
    shell.print(shell.words('cli_undo_with', { command: undo }));
  }
  return { exit: exitOfApp(app.verdict), result: { plan, app } };
}

/** null: go on. */
async function unlessAccepted(
  shell: Shell,
  { app, blockers }: AppInspection,
  { allow = [], yes }: InstallOptions,
): Promise<4 | 5 | null> {
  const standing = blockers.filter(({ code, allowable }) => !allowable || !allow.includes(code));
  if (standing.length > 0) {
    shell.print(shell.words('cli_app_blocked', { count: standing.length }));
    return 4;
  }
  if (yes === true) return null;
  const name = `${app.packageName ?? ''} ${app.versionName ?? ''}`;
  if (await confirm(shell, shell.words('cli_ask_app', { name }), 'yes')) return null;
  shell.print(shell.words('cli_app_not_installed', {}));
  return 5;
}

function show(shell: Shell, progress: AppProgress): void {
  const { phase, fraction, sentBytes, totalBytes, waitingFor } = progress;
  const percent = Math.floor((fraction ?? 0) * 100);
  const text = {
    check: () => shell.words('cli_app_checking', { percent }),
    send: () => shell.words('cli_app_sending', { percent, sentBytes, totalBytes }),
    install: () => (waitingFor === null ? '' : shell.say(waitingFor)),
    prove: () => shell.words('cli_app_proving', {}),
  }[phase]();
  shell.progress.show(text, phase);
}
