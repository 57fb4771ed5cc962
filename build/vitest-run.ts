/** Runs Vitest with one configuration: shows its output as it comes and returns what it counted. */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { delimiter, join, relative } from 'node:path';
import { outFolder, root } from './paths.ts';

export interface Counted {
  readonly passed: number;
  readonly failed: number;
  /** File and full name of tests that did not run. */
  readonly skipped: readonly string[];
  /** File and full name of tests that failed, with the beginning of why: to be read without all that was printed. */
  readonly failures: readonly string[];
  /** Vitest's own closing lines. */
  readonly summary: readonly string[];
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

const ran = new Set(['passed', 'failed']);
const summaryLine = /^\s*(Test Files|Tests|Errors|Start at|Duration)\s/;

/** What runs the tests of the app where there is no screen. */
export const display: readonly string[] =
  process.platform === 'linux' ? ['xvfb-run', '-a', '-s', '-screen 0 1440x960x24'] : [];

/**
 * `wrapper` is a program that runs Vitest (`xvfb-run -a`); `config` a file in the checkout; `files`
 * those that are run, all where none is named.
 */
export async function runVitest(
  config: string,
  wrapper: readonly string[] = [],
  files: readonly string[] = [],
): Promise<Counted> {
  const results = join(outFolder, 'test-results', `${config}.json`);
  await rm(results, { force: true });
  await mkdir(join(outFolder, 'test-results'), { recursive: true });
  const [program, ...args] = [
    ...wrapper,
    process.execPath,
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...files,
    `--config=${config}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
  ];
  const { code, lines } = await show(program, args);
  const text = await readFile(results, 'utf8').catch(() => null);
  return count(text === null ? null : (JSON.parse(text) as Report), code, lines);
}

function count(report: Report | null, code: number, lines: readonly string[]): Counted {
  const summary = lines.filter((line) => summaryLine.test(line));
  if (report === null) {
    return { passed: 0, failed: 1, skipped: [], failures: ['no test was run'], summary };
  }
  // A file that does not load has no test to fail.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    // Errors outside of every test (an unhandled rejection) fail the run alone.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults
        .filter(({ status }) => !ran.has(status))
        .map(({ fullName }) => `${relative(root, file)}: ${fullName}`),
    ),
    failures: report.testResults.flatMap(failuresOf),
    summary,
  };
}

const mostReasonChars = 600;

function failuresOf(file: Report['testResults'][number]): string[] {
  const name = relative(root, file.name);
  if (file.status === 'failed' && file.assertionResults.length === 0) {
    return [`${name}: did not load\n${reason(file.message ?? '')}`];
  }
  return file.assertionResults
    .filter(({ status }) => status === 'failed')
    .map(
      ({ fullName, failureMessages = [] }) =>
        `${name}: ${fullName}\n${reason(failureMessages.join('\n'))}`,
    );
}

function reason(message: string): string {
  const lines = plainLines(message).map((line) => `  ${line}`);
  return lines.join('\n').slice(0, mostReasonChars);
}

function show(
  program: string,
  args: readonly string[],
): Promise<{ code: number; lines: string[] }> {
  const env = {
    ...process.env,
    PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
    // Through a pipe, so that the closing lines can be repeated.
    ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
  };
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      output += chunk.toString('utf8');
    });
    child.once('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve({ code: 127, lines: [] });
    });
    child.once('close', (code) => resolve({ code: code ?? 1, lines: plainLines(output) }));
  });
}

function plainLines(output: string): string[] {
  // eslint-disable-next-line no-control-regex -- colours are control sequences
  return output.replace(/\u001b\[[0-9;]*m/g, '').split('\n');
}
