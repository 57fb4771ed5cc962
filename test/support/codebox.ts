/** The simulated code box in a process of its own, and a session with it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { builtOr } from './built/built.ts';

const program = builtOr('native-bridge/simulators/codebox/main.ts', 'codebox-simulator.js');

/** What it says of itself and its line; see native-bridge/simulators/codebox/README.md. */
export type CodeboxAnswer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

export class Codebox {
  readonly url: string;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    process: ChildProcessWithoutNullStreams,
    lines: AsyncIterator<string>,
    url: string,
  ) {
    this.#process = process;
    this.#lines = lines;
    this.url = url;
  }

  /** `--tcp` unless the options say `--pty`. */
  static async start(...options: string[]): Promise<Codebox> {
    const place = options.includes('--pty') ? [] : ['--tcp', '127.0.0.1:0'];
    const child = spawn(process.execPath, [program, ...place, ...options], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stderr.pipe(process.stderr);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ready = JSON.parse((await lines.next()).value as string) as { url?: string };
    if (ready.url === undefined) throw new Error(JSON.stringify(ready));
    return new Codebox(child, lines, ready.url);
  }

  /** What it said without being asked (`{"event":"moved","url":…}`). */
  readonly announced: Readonly<Record<string, unknown>>[] = [];

  async tell(message: object): Promise<CodeboxAnswer> {
    this.#process.stdin.write(`${JSON.stringify(message)}\n`);
    for (;;) {
      const said = JSON.parse((await this.#lines.next()).value as string) as CodeboxAnswer;
      if (!('event' in said)) return said;
      this.announced.push(said);
    }
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.stdin.end();
    await ended;
  }
}
