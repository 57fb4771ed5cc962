/** Planning and flashing a terminal: the plan is always shown first, and asked about. */
import type { FlashPlan, FlashResult } from '../../native-bridge/contract/firmware.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { connect, fileId } from '../connect.ts';
import { exitOfFlash } from '../exit-codes.ts';
import { canAsk, confirm } from '../input.ts';
import { withSleepWarning } from '../keep-awake.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { flashResultView } from '../views/flash-result-view.ts';
import { planView } from '../views/flash-plan-view.ts';
import { terminalLine } from '../views/terminal-view.ts';
import type { PortAndFile } from './firmware.ts';
import { runFlash } from './run-flash.ts';

export interface FlashOptions {
  readonly key?: string[];
  readonly yes?: boolean;
  readonly allow?: string[];
  readonly case?: string;
}

interface MadePlan {
  readonly plan: FlashPlan;
  readonly keyFileIds: string[];
}

/** Touches nothing. */
export async function planFile(
  shell: Shell,
  { port, file }: PortAndFile,
  keys: readonly string[],
): Promise<Outcome> {
  const image = await fileId(shell, file);
  const keyFileIds = await keyFiles(shell, keys);
  const terminal = await connect(shell, port);
  const { plan } = await makePlan(shell, terminal, image, keyFileIds);
  return { exit: plan.blockers.length > 0 ? 4 : 0, result: plan };
}

export async function flashFile(
  shell: Shell,
  { port, file }: PortAndFile,
  options: FlashOptions,
): Promise<Outcome> {
  needsConsent(shell, options);
  // A wrong file name should not have to wait for a terminal.
  const image = await fileId(shell, file);
  const keyFileIds = await keyFiles(shell, options.key ?? []);
  const terminal = await connect(shell, port);
  return await flash(shell, await makePlan(shell, terminal, image, keyFileIds), options);
}

/** Goes on with the newest flash that did not come through, or says what became of it. */
export async function resume(
  shell: Shell,
  port: string | null,
  options: FlashOptions,
): Promise<Outcome> {
  needsConsent(shell, options);
  const keyFileIds = await keyFiles(shell, options.key ?? []);
  const terminal = await connect(shell, port);
  const bridge = await shell.bridge();
  const found = await bridge.request('resumeFlash', { terminalId: terminal.id });
  shell.print(shell.say(found.text));
  if (found.fileId !== null) {
    return await flash(shell, await makePlan(shell, terminal, found.fileId, keyFileIds), options);
  }
  if (found.flash === null) return { exit: 4, result: { plan: null, flash: null } };
  shell.print(flashResultView(found.flash, shell));
  return { exit: exitOfFlash(found.flash.verdict), result: { plan: null, flash: found.flash } };
}

function needsConsent(shell: Shell, { yes }: FlashOptions): void {
  if (yes !== true && !canAsk(shell)) throw usageError('cli_usage_needs_yes', {});
}

function keyFiles(shell: Shell, keys: readonly string[]): Promise<string[]> {
  return Promise.all(keys.map((key) => fileId(shell, key)));
}

async function makePlan(
  shell: Shell,
  terminal: Terminal,
  image: string,
  keyFileIds: string[],
): Promise<MadePlan> {
  const bridge = await shell.bridge();
  const asked = { terminalId: terminal.id, fileId: image, keyFileIds };
  shell.progress.show(shell.words('cli_planning', {}), 'plan');
  const plan = withSleepWarning(await bridge.request('planFlash', asked, { signal: shell.signal }));
  shell.progress.clear();
  shell.print(terminalLine(terminal, shell));
  shell.print(planView(plan, shell));
  return { plan, keyFileIds };
}

async function flash(
  shell: Shell,
  { plan, keyFileIds }: MadePlan,
  options: FlashOptions,
): Promise<Outcome> {
  const allow = options.allow ?? [];
  const standing = plan.blockers.filter(
    (blocker) => !blocker.allowable || !allow.includes(blocker.code),
  );
  if (standing.length > 0) {
    shell.print(shell.words('cli_flash_blocked', { count: standing.length }));
    return { exit: 4, result: { plan, flash: null } };
  }
  if (options.yes !== true) {
    const question = shell.words('cli_ask_flash', { version: plan.toVersion });
    if (!(await confirm(shell, question, 'yes'))) {
      shell.print(shell.words('cli_not_flashed', {}));
      return { exit: 5, result: { plan, flash: null } };
    }
  }
  const caseId = options.case ?? null;
  const result: FlashResult = await runFlash(shell, plan, { keyFileIds, allow, caseId });
  shell.print(flashResultView(result, shell));
  return { exit: exitOfFlash(result.verdict), result: { plan, flash: result } };
}
