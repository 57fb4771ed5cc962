/** `probe HOST[:PORT]`: a payment host asked from this computer; where it fails, and what next. */
import type { Command } from 'commander';
import type { HostProbe, KnownAnswer } from '../../native-bridge/contract/probe.ts';
import { probeStepLabel } from '../../native-bridge/wording/index.ts';
import { readHost, readKnown, type HostArgument } from '../arguments/host-argument.ts';
import { wholeNumber } from '../arguments/values.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { probeView } from '../views/probe-view.ts';

interface Options {
  readonly plain?: boolean;
  readonly resolver?: string;
  readonly samples: number;
  readonly interval: number;
  readonly timeout: number;
  readonly ca?: string;
  readonly known?: KnownAnswer[];
}

const usual = { samples: 5, intervalMs: 200, timeoutMs: 5_000 };

export function addProbe(parent: Command, { words, run }: Register): void {
  const samples = wholeNumber('--samples', { min: 0, max: 100 });
  const interval = wholeNumber('--interval', { min: 20, max: 10_000 });
  const timeout = wholeNumber('--timeout', { min: 50, max: 60_000 });
  const command = parent
    .command('probe')
    .description(words('cli_probe_about', {}))
    .argument('<host>', words('cli_argument_probe_host', {}))
    .option('--plain', words('cli_option_probe_plain', {}))
    .option('--resolver <address>', words('cli_option_probe_resolver', {}))
    .option('--samples <count>', words('cli_option_probe_samples', {}), samples, usual.samples)
    .option('--interval <ms>', words('cli_option_probe_interval', {}), interval, usual.intervalMs)
    .option('--timeout <ms>', words('cli_option_probe_timeout', {}), timeout, usual.timeoutMs)
    .option('--ca <file>', words('cli_option_probe_ca', {}))
    .option('--known <url=status>', words('cli_option_probe_known', {}), readKnown)
    .action((text: string, options: Options) => {
      const host = readHost(text, options.plain === true);
      run('probe', (shell) => probe(shell, host, options));
    });
  addExamples(command, words, [
    ['pos-bench probe pay.example.com', 'cli_example_probe'],
    ['pos-bench probe pay.example.com:8443 --resolver 223.5.5.5', 'cli_example_probe_resolver'],
  ]);
}

async function probe(shell: Shell, target: HostArgument, options: Options): Promise<Outcome> {
  const bridge = await shell.bridge();
  const { ca, resolver = null, samples, interval, timeout, known = null } = options;
  const caFileId = ca === undefined ? null : (await bridge.registerFile(ca)).fileId;
  shell.progress.show(shell.words('cli_probing', { host: target.host }), 'probe');
  const result = await bridge.request(
    'probeHost',
    { ...target, resolver, samples, intervalMs: interval, stepTimeoutMs: timeout, caFileId, known },
    {
      signal: shell.signal,
      onProgress: ({ step }) => {
        const label = probeStepLabel(step.step, shell.locale);
        shell.progress.show(shell.words('cli_probing_step', { label }), step.step);
      },
    },
  );
  shell.progress.clear();
  shell.print(probeView(result, shell));
  return { exit: exitOfProbe(result), result };
}

const exitOfProbe = ({ failedAt }: HostProbe) => (failedAt === null ? 0 : 1);
