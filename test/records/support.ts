/** Folders that vanish after a test, and children that speak in lines. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import {
  openRecords,
  type OpenOptions,
  type Records,
} from '../../native-bridge/records/records.ts';
import type { Identity } from '../../native-bridge/contract/terminal.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pos-bench-records-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Records that are closed when the test ends, before its folder goes. */
export async function openFor(
  dataFolder: string,
  options: Partial<OpenOptions> = {},
): Promise<Records> {
  const records = await openRecords({ dataFolder, ...options });
  onTestFinished(() => records.close());
  return records;
}

export const identity: Identity = {
  serialNumber: 'CB-0113',
  basis: 'serial-number',
  model: 'Code box',
  hardware: 'rev B',
  firmwareVersion: '1.9.9',
  firmwareHash: 'aa'.repeat(32),
};

export const assumed: Identity = { ...identity, serialNumber: null, basis: 'assumed' };

export const atUtc = '2026-05-04T03:02:01.000Z';

/** A terminal and a case on it. */
export async function openedCase(
  records: Records,
): Promise<{ terminalId: string; caseId: string }> {
  const terminal = await records.upsertTerminal(identity, 'tcp://127.0.0.1:7000', 'code-box');
  const { id } = await records.openCase({
    terminalId: terminal.id,
    portUrl: 'tcp://127.0.0.1:7000',
    profile: 'code-box',
    identity,
    merchant: null,
    symptom: null,
  });
  return { terminalId: terminal.id, caseId: id };
}

export interface Child {
  readonly process: ChildProcess;
  /** The next line of its output. Rejects when it ended instead, with what it said. */
  line(): Promise<string>;
  /** A line on its stdin. */
  tell(line: string): void;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Runs a script of `children/` under this Node; killed when the test ends. */
export function startChild(
  script: string,
  args: readonly string[],
  identityOfUser: { uid?: number; gid?: number } = {},
): Child {
  const path = fileURLToPath(new URL(`./children/${script}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: '/',
    ...identityOfUser,
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<Awaited<Child['ended']>>((done) => {
    child.once('close', (code, signal) => done({ code, signal }));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    process: child,
    ended,
    tell: (line) => child.stdin.write(`${line}\n`),
    line: async () => {
      const next = await lines.next();
      if (next.done === true) throw new Error(`child ended: ${said}`);
      return next.value;
    },
  };
}
