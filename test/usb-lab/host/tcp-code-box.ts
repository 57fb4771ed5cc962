/** A simulated code box on the host, as the other end of the guest's 16550. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { distFolder } from '../../../build/paths.ts';

export interface TcpCodeBox {
  /** On 127.0.0.1. */
  readonly port: number;
  stop(): void;
}

/** It goes when its input is closed, and so with this process. */
export async function codeBoxOverTcp(): Promise<TcpCodeBox> {
  const program = join(distFolder, 'node', 'codebox-simulator.js');
  const args = [program, '--tcp', '127.0.0.1:0', '--baud', '0', '--serial-number', 'CB-UART'];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return { port: Number(new URL(url).port), stop: () => void child.stdin.end() };
}
