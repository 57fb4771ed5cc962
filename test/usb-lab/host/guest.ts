/**
 * One run of the guest: QEMU in software (KVM is not to be had everywhere), one processor, the
 * host's root read-only, a folder for results. Its clock counts instructions, one a nanosecond, so
 * a host with much else to do makes it slow to us and never to itself: no time-out in it passes
 * because the host was busy. It ends by itself or at the deadline.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { testApp } from '../../../build/package.ts';
import { outFolder, root } from '../../../build/paths.ts';
import type { GuestKernel } from './guest-kernel.ts';
import { makeInitramfs } from './initramfs.ts';
import { codeBoxOverTcp } from './tcp-code-box.ts';

export interface GuestRun {
  readonly part: string;
  /** The guest switched itself off. */
  readonly ended: boolean;
  readonly why: string;
  /** Its serial console: the kernel, the system, what the tests print. */
  readonly console: string;
  /** Where it put its results. */
  readonly resultsFolder: string;
}

export interface GuestPlan {
  readonly kernel: GuestKernel;
  /** Of the bundled tests. */
  readonly testsFolder: string;
  /** Where the real adbd is unpacked. */
  readonly adbdFolder: string;
  /** Which of the tests (guest/main.ts). */
  readonly part: string;
  readonly deadlineMs: number;
}

export const workFolder = join(outFolder, 'usb-lab');
/** What Node keeps of the modules it compiled in a guest, for the next one of the same run. */
export const compiledFolder = join(workFolder, 'compiled');

export async function runGuest(plan: GuestPlan): Promise<GuestRun> {
  const { kernel, part, deadlineMs } = plan;
  const work = join(workFolder, part);
  const resultsFolder = join(work, 'results');
  await rm(resultsFolder, { recursive: true, force: true });
  await mkdir(resultsFolder, { recursive: true });
  const initramfs = await makeInitramfs(kernel, work, {
    LAB_PROJECT: root,
    LAB_NODE: process.execPath,
    LAB_TESTS: plan.testsFolder,
    LAB_ADBD: plan.adbdFolder,
    LAB_OUT: resultsFolder,
    LAB_COMPILED: compiledFolder,
    LAB_PART: part,
    LAB_APP: testApp().executable,
    LAB_ONLY: process.env['LAB_ONLY'] ?? '',
  });
  const box = await codeBoxOverTcp();
  // A test run that is stopped, in whatever way, takes its guest with it.
  const program = ['--pdeathsig', 'KILL', 'qemu-system-x86_64'];
  const uartPort = box.port;
  const args = [
    ...program,
    ...machine({ part, image: kernel.image, initramfs, resultsFolder, uartPort }),
  ];
  const child = spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(join(work, 'console.log'));
  let console = '';
  const keep = (chunk: Buffer) => {
    console += chunk.toString('utf8');
    log.write(chunk);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const late = AbortSignal.timeout(deadlineMs);
  late.addEventListener('abort', () => child.kill('SIGKILL'));
  try {
    const how = await new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) =>
        resolve(`code ${code ?? '—'}, ${signal ?? 'no signal'}`),
      );
    });
    const ended = /^usb-lab: ended with 0\r?$/m.test(console);
    const why = late.aborted ? `not ended after ${deadlineMs} ms` : how;
    await keepCompiled(resultsFolder);
    return { part, ended, why, console, resultsFolder };
  } finally {
    log.end();
    box.stop();
  }
}

async function keepCompiled(resultsFolder: string): Promise<void> {
  const compiled = join(resultsFolder, 'compiled');
  if (!existsSync(compiled)) return;
  await rm(compiledFolder, { recursive: true, force: true });
  await rename(compiled, compiledFolder);
}

interface Machine {
  readonly part: string;
  readonly image: string;
  readonly initramfs: string;
  readonly resultsFolder: string;
  /** Of the host. */
  readonly uartPort: number;
}

function machine({ part, image, initramfs, resultsFolder, uartPort }: Machine): string[] {
  const share = (tag: string, path: string, more: string) => [
    '-virtfs',
    `local,path=${path},mount_tag=${tag},security_model=none,multidevs=remap${more}`,
  ];
  return [
    ...['-accel', 'tcg,thread=single', '-icount', 'shift=0,sleep=on', '-cpu', processor],
    ...['-smp', '1', '-m', part === 'window' ? '2048' : '1024', '-nographic'],
    ...['-nodefaults', '-nic', 'none', '-no-reboot'],
    // The console, and the 16550 whose other end is a code box on the host.
    ...['-serial', 'stdio', '-chardev', `socket,id=uart,host=127.0.0.1,port=${uartPort}`],
    ...['-serial', 'chardev:uart', '-kernel', image, '-initrd', initramfs],
    // A panic ends it (with -no-reboot) instead of waiting for the deadline.
    ...['-append', 'console=ttyS0 quiet panic=-1 mitigations=off'],
    ...share('hostroot', '/', ',readonly=on'),
    ...share('results', resultsFolder, ''),
  ];
}

/** All that can be emulated, less what costs most: wide registers, keys for pages, a fifth level of them. */
const processor = 'max,-avx,-avx2,-la57,-smap,-smep,-pku,-umip';
