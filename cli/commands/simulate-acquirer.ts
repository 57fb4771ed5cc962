/** `simulate acquirer`: a payment host and a status service that are not there, until Ctrl-C. */
import { acquirerFaultWords } from '../../native-bridge/wording/index.ts';
import { commandLine } from '../command-line.ts';
import { table } from '../output/table.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';

interface Options {
  readonly fault?: string[];
  readonly listFaults?: boolean;
}

export async function simulateAcquirer(shell: Shell, options: Options): Promise<Outcome> {
  const bridge = await shell.bridge();
  const { signal } = shell;
  const known = await bridge.request('listAcquirerFaults', {}, { signal });
  if (options.listFaults === true) return listed(shell, known);
  const faults = options.fault ?? [];
  refuseUnknown(faults, known.faults);
  const result = await bridge.request('startAcquirer', { faults }, { signal });
  // Programs need the addresses now, not at the end.
  shell.publish({ command: 'simulate acquirer', ok: true, exitCode: 0, result });
  const { statusUrl, hostUrl, knownUrl, caFile } = result;
  shell.print(shell.words('cli_simulating_acquirer', { statusUrl, hostUrl, knownUrl }));
  const asked = ['probe', hostUrl, '--ca', caFile, '--known', `${knownUrl}=known answer`];
  shell.print(`  ${shell.style.cyan(commandLine(shell, asked, false))}`);
  await untilInterrupted(shell);
  return { exit: 0, result };
}

/** Says how it ends, and waits for it. */
export async function untilInterrupted(shell: Shell): Promise<void> {
  const { signal } = shell;
  shell.note(shell.words('cli_until_ctrl_c', {}));
  shell.interrupt.announce(() => undefined);
  await new Promise<void>((resolve) => {
    const alive = setInterval(() => undefined, 60_000);
    const end = () => {
      clearInterval(alive);
      resolve();
    };
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}

interface Fault {
  readonly name: string;
  readonly kind: 'service' | 'account';
  readonly services: readonly string[];
  readonly description: string;
}

function listed(shell: Shell, result: { readonly faults: readonly Fault[] }): Outcome {
  const head = [shell.words('cli_head_fault', {}), '', shell.words('cli_head_simulates', {})];
  const kinds = {
    service: shell.words('cli_fault_kind_service', {}),
    account: shell.words('cli_fault_kind_account', {}),
  };
  const rows = result.faults.map((fault) => [
    fault.name,
    fault.kind === 'account' ? kinds.account : `${kinds.service}: ${fault.services.join(', ')}`,
    acquirerFaultWords(fault, shell.locale),
  ]);
  shell.print(table(rows, { columns: shell.columns, head, keep: [0], dim: shell.style.dim }));
  return { exit: 0, result };
}

/** A misspelt fault would look like an acquirer with none. */
function refuseUnknown(asked: readonly string[], known: readonly Fault[]): void {
  const names = new Set(
    known.flatMap(({ name, services }) => [name, ...services.map((each) => `${each}:${name}`)]),
  );
  const unknown = asked.find((fault) => !names.has(fault));
  if (unknown !== undefined) throw usageError('cli_usage_unknown_fault', { fault: unknown });
}
