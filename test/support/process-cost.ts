/** What a program and its children take from the machine, read from Linux's /proc (proc(5)). */
import { readdirSync, readFileSync } from 'node:fs';

/** Memory of all its processes in bytes, what they share counted once (Pss). */
export function memoryBytes(pid: number): number {
  return sum(familyOf(pid), (each) => {
    const [, kibibytes] = /^Pss:\s+(\d+) kB/m.exec(proc(each, 'smaps_rollup')) ?? [];
    return Number(kibibytes ?? 0) * 1024;
  });
}

/** The processor's time that all its processes have taken until now, in seconds. */
export function cpuSeconds(pid: number): number {
  return sum(familyOf(pid), (each) => {
    // utime and stime, in ticks, which Linux shows as hundredths of a second.
    const fields = proc(each, 'stat')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
  });
}

function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const [, parent] =
      /^.*\) \S (\d+) /s.exec(/^\d+$/.test(name) ? proc(Number(name), 'stat') : '') ?? [];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isOfIt = (each: number | undefined): boolean =>
    each !== undefined && (each === pid || isOfIt(parents.get(each)));
  return [...parents.keys()].filter(isOfIt);
}

/** Empty where the process has just ended. */
function proc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function sum(pids: readonly number[], of: (pid: number) => number): number {
  return pids.reduce((total, pid) => total + of(pid), 0);
}
