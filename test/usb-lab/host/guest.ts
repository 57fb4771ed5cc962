/**
 * One run of the guest: QEMU in software (KVM is not to be had everywhere), one processor (two
 * panicked once), the host's root read-only, a folder for results. It ends by itself or at the
 * deadline.
 */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { outFolder, root } from '../../../build/paths.ts';
import type { GuestKernel } from './guest-kernel.ts';
import { makeInitramfs } from './initramfs.ts';

export interface GuestRun {
  /** The guest switched itself off. */
  readonly ended: boolean;
  readonly why: string;
  /** Its serial console: the kernel, the system, what the tests print. */
  readonly console: string;
  /** Where it put its results. */
  readonly resultsFolder: string;
}

const work = join(outFolder, 'usb-lab');

export async function runGuest(kernel: GuestKernel, deadlineMs: number): Promise<GuestRun> {
  const resultsFolder = join(work, 'results');
  await rm(resultsFolder, { recursive: true, force: true });
  await mkdir(resultsFolder, { recursive: true });
  const initramfs = await makeInitramfs(kernel, work, {
    LAB_PROJECT: root,
    LAB_NODE: process.execPath,
    LAB_OUT: resultsFolder,
    LAB_ONLY: process.env['LAB_ONLY'] ?? '',
  });
  // A test run that is stopped, in whatever way, takes its guest with it.
  const program = ['--pdeathsig', 'KILL', 'qemu-system-x86_64'];
  const args = [...program, ...machine(kernel.image, initramfs, resultsFolder)];
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
    const why = await new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) =>
        resolve(`code ${code ?? '—'}, ${signal ?? 'no signal'}`),
      );
    });
    const ended = /^usb-lab: ended with 0\r?$/m.test(console);
    return {
      ended,
      why: late.aborted ? `not ended after ${deadlineMs} ms` : why,
      console,
      resultsFolder,
    };
  } finally {
    log.end();
  }
}

function machine(image: string, initramfs: string, results: string): string[] {
  const share = (tag: string, path: string, more: string) => [
    '-virtfs',
    `local,path=${path},mount_tag=${tag},security_model=none,multidevs=remap${more}`,
  ];
  return [
    ...['-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '1', '-m', '1024'],
    ...['-nographic', '-nodefaults', '-serial', 'stdio', '-nic', 'none', '-no-reboot'],
    ...['-kernel', image, '-initrd', initramfs],
    // A panic ends it (with -no-reboot) instead of waiting for the deadline.
    ...['-append', 'console=ttyS0 quiet panic=-1 mitigations=off'],
    ...share('hostroot', '/', ',readonly=on'),
    ...share('results', results, ''),
  ];
}
