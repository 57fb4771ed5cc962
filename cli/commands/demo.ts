/**
 * `demo`: the main job with no hardware and no screen. A simulated terminal with another merchant's
 * payment settings and old firmware is diagnosed, corrected, flashed, checked again and reported.
 * Every step is the same request that a real terminal gets.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Bridge } from '../../native-bridge/bridge.ts';
import type { Correction } from '../../native-bridge/contract/correction.ts';
import type { Diagnosis } from '../../native-bridge/contract/diagnosis.ts';
import type { FlashResult } from '../../native-bridge/contract/firmware.ts';
import type { ParamsInput } from '../../native-bridge/contract/requests.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { fileId } from '../connect.ts';
import { demoFirmware } from '../demo-firmware.ts';
import { exitOfDiagnosis, exitOfFlash, type ExitCode } from '../exit-codes.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { changesView } from '../views/changes-view.ts';
import { diagnosisView } from '../views/diagnosis-view.ts';
import { planView } from '../views/flash-plan-view.ts';
import { flashResultView } from '../views/flash-result-view.ts';
import { correctionView, plannedView } from '../views/settings-view.ts';
import { terminalLine } from '../views/terminal-view.ts';
import { writeReport } from '../write-report.ts';
import { runDiagnosis } from './run-diagnosis.ts';
import { runFlash } from './run-flash.ts';

const fault = 'wrong-merchant';
const symptom = 'S3';
const baud = 115_200;

export function addDemo(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('demo')
    .description(words('cli_demo_about', {}))
    .option('--pty', words('cli_option_pty', {}))
    .action((options: { pty?: boolean }) =>
      run('demo', (shell) => inFolderOfItsOwn(shell, () => demo(shell, options.pty === true))),
    );
  addExamples(command, words, [['pos-bench demo', 'cli_example_demo']]);
}

/** Training does not belong among the real cases. */
async function inFolderOfItsOwn(shell: Shell, work: () => Promise<Outcome>): Promise<Outcome> {
  if (shell.options.data !== null) return await work();
  const folder = await mkdtemp(join(tmpdir(), 'pos-bench-demo-'));
  shell.keepRecordsIn(folder);
  try {
    return await work();
  } finally {
    await shell.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function demo(shell: Shell, pty: boolean): Promise<Outcome> {
  const bridge = await shell.bridge();
  const terminal = await startTerminal(shell, bridge, pty);
  const { id: terminalId } = terminal;

  heading(shell, 1, shell.words('cli_demo_diagnose', {}));
  const before = await runDiagnosis(shell, { terminalId, symptom });
  shell.print(diagnosisView(before, shell));

  heading(shell, 2, shell.words('cli_demo_correct', {}));
  const correction = await correct(shell, bridge, terminalId, before);

  heading(shell, 3, shell.words('cli_demo_flash', {}));
  const flash = await flashDemo(shell, bridge, terminalId, before);

  heading(shell, 4, shell.words('cli_demo_check', {}));
  const { caseId } = before;
  const after = await runDiagnosis(shell, { terminalId, symptom, caseId });
  shell.print(diagnosisView(after, shell));
  shell.print(changesView(before, after, shell));

  heading(shell, 5, shell.words('cli_demo_report', {}));
  const reports = await report(shell, bridge, caseId);
  const exit = worst([correction === null ? 1 : 0, flashExit(flash), exitOfDiagnosis(after)]);
  return { exit, result: { terminal, before, correction, flash, after, reports } };
}

async function startTerminal(shell: Shell, bridge: Bridge, pty: boolean): Promise<Terminal> {
  const { signal } = shell;
  const training: ParamsInput<'startTraining'> = {
    faults: [fault],
    transport: pty ? 'pty' : 'tcp',
    baud,
  };
  const { portUrl } = await bridge.request('startTraining', training, { signal });
  shell.print(shell.words('cli_demo_started', { port: portUrl, baud }));
  // The training merchant's expected values come with the terminal.
  const terminal = await bridge.request('connect', { portUrl }, { signal });
  shell.print(terminalLine(terminal, shell));
  return terminal;
}

/** What the cause's remedy asks for: before and after shown first, then applied and read back. */
async function correct(
  shell: Shell,
  bridge: Bridge,
  terminalId: string,
  { caseId, findings, cause }: Diagnosis,
): Promise<Correction | null> {
  const { signal } = shell;
  const keys = findings.find((finding) => finding.check === cause)?.remedy?.settings ?? [];
  const { rows } = await bridge.request('readSettings', { terminalId }, { signal });
  const planned = rows.flatMap((row) =>
    keys.includes(row.key) && row.differs && row.expected !== null
      ? [{ row, value: row.expected }]
      : [],
  );
  if (planned.length === 0) {
    shell.print(shell.words('cli_no_difference', {}));
    return null;
  }
  shell.print(plannedView(planned, shell));
  const changes = planned.map(({ row, value }) => ({ key: row.key, value }));
  const asked = { terminalId, caseId, changes };
  const correction = await bridge.request('applySettings', asked, { signal });
  shell.print(correctionView(correction, shell, rows));
  return correction;
}

async function flashDemo(
  shell: Shell,
  bridge: Bridge,
  terminalId: string,
  { caseId }: Diagnosis,
): Promise<FlashResult | null> {
  const asked = { terminalId, fileId: await fileId(shell, demoFirmware()), keyFileIds: [] };
  const plan = await bridge.request('planFlash', asked, { signal: shell.signal });
  shell.print(planView(plan, shell));
  if (plan.blockers.length > 0) return null;
  const result = await runFlash(shell, plan, { keyFileIds: [], allow: [], caseId });
  shell.print(flashResultView(result, shell));
  return result;
}

async function report(shell: Shell, bridge: Bridge, caseId: string): Promise<string[]> {
  const files: string[] = [];
  for (const format of ['html', 'json'] as const) {
    const asked = { caseId, format, locale: shell.locale };
    const { text } = await bridge.request('makeReport', asked, { signal: shell.signal });
    const file = resolve(`report.${format}`);
    await writeReport(file, text);
    shell.print(shell.words('cli_report_written', { file }));
    files.push(file);
  }
  return files;
}

function heading(shell: Shell, number: number, text: string): void {
  shell.print();
  shell.print(shell.style.bold(shell.style.cyan(`${number}. ${text}`)));
}

const flashExit = (flash: FlashResult | null): ExitCode =>
  flash === null ? 4 : exitOfFlash(flash.verdict);

function worst(codes: readonly ExitCode[]): ExitCode {
  return codes.reduce((most, code) => (code > most ? code : most), 0);
}
