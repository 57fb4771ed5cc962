/**
 * Keeps the computer from going to sleep by itself while a terminal is changed: the system's own
 * tool, run as a child that ends with us however we end. Where there is none the plan says so. (The
 * window does the same through Electron; deadlines allow for sleep all the same.)
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { FlashPlan } from '../native-bridge/contract/firmware.ts';
import { sentence } from '../native-bridge/wording/index.ts';

interface Tool {
  readonly name: string;
  readonly arguments: readonly string[];
}

/**
 * Asks Windows to stay awake for as long as this runs: until our end of its pipe closes. The flags
 * are ES_CONTINUOUS | ES_SYSTEM_REQUIRED; they belong to the thread and go with it.
 * SetThreadExecutionState, winbase.h
 */
const windowsScript = [
  "$kernel = Add-Type -Name Power -Namespace PosBench -PassThru -MemberDefinition '",
  '[DllImport("kernel32.dll")] public static extern uint SetThreadExecutionState(uint flags);',
  "'; ",
  'if ($kernel::SetThreadExecutionState([uint32]"0x80000001") -eq 0) { exit 1 }; ',
  '[void][Console]::In.ReadToEnd()',
].join('');

/** Powershell takes a script without a shell's quoting only in base64, of UTF-16LE. */
function encoded(script: string): string {
  return Buffer.from(script, 'utf16le').toString('base64');
}

/** What keeps this system awake as a child process; null: nothing is known that does. */
export function toolOf(platform: NodeJS.Platform, pid: number): Tool | null {
  switch (platform) {
    case 'linux':
      // `cat` lasts until our end of its pipe closes. systemd-inhibit(1)
      return {
        name: 'systemd-inhibit',
        arguments: ['--what=sleep:idle', '--who=POS Bench', '--why=A terminal is changed', 'cat'],
      };
    case 'darwin':
      return { name: 'caffeinate', arguments: ['-i', '-s', '-w', String(pid)] };
    case 'win32':
      return {
        name: 'powershell.exe',
        arguments: [
          ...['-NoProfile', '-NonInteractive'],
          ...['-EncodedCommand', encoded(windowsScript)],
        ],
      };
    default:
      return null;
  }
}

export class KeepAwake {
  readonly #tool = toolOf(process.platform, process.pid);
  /** Hears the tool's name when it would not do it; the work goes on. */
  readonly #failed: (tool: string) => void;
  #child: ChildProcess | null = null;

  constructor(failed: (tool: string) => void) {
    this.#failed = failed;
  }

  set(awake: boolean): void {
    if (awake) this.#begin();
    else this.#end();
  }

  #begin(): void {
    // A tool that is not there was said in the plan.
    if (this.#child !== null || this.#tool === null || !isOnPath(this.#tool.name)) return;
    const { name } = this.#tool;
    // A group of its own: Ctrl-C asks us, and must not end this before the flash. On Windows a
    // hidden console of its own does that; detached it would have none.
    const child = spawn(name, this.#tool.arguments, {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    this.#child = child;
    const gone = () => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#failed(name);
    };
    child.once('error', gone).once('exit', gone);
    child.stdin.on('error', () => undefined);
    child.unref();
  }

  #end(): void {
    const child = this.#child;
    this.#child = null;
    child?.stdin?.end();
    child?.kill();
  }
}

/** The plan, with a warning where nothing here can keep the computer awake. */
export function withSleepWarning(plan: FlashPlan): FlashPlan {
  const tool = toolOf(process.platform, process.pid);
  if (tool !== null && isOnPath(tool.name)) return plan;
  const text =
    tool === null
      ? sentence('warning_no_keep_awake_here', {})
      : sentence('warning_no_keep_awake', { tool: tool.name });
  return { ...plan, warnings: [...plan.warnings, { code: 'no-keep-awake', text }] };
}

function isOnPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
