/** A probe: its steps, the first that failed, where the fault lies and what next. */
import type { ProbeStep } from '../../native-bridge/contract/probe-step.ts';
import type { ClockReference, HostProbe } from '../../native-bridge/contract/probe.ts';
import { formatDuration, probeStepLabel, verdictSign } from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import { wrap } from '../output/width.ts';
import type { Shell } from '../shell.ts';

export function probeView(probe: HostProbe, shell: Shell): string {
  const { style, columns } = shell;
  const { failedAt, what, next, clock } = probe;
  const head = [
    '',
    shell.words('cli_head_step', {}),
    shell.words('cli_head_time', {}),
    shell.words('head_meaning', {}),
  ];
  const rows = probe.steps.map((step) => stepRow(step, shell));
  const well = failedAt === null;
  const paint = well ? style.green : style.red;
  const lines = [
    table(rows, { columns, head, dim: style.dim }),
    ...hanging(paint(verdictSign(well ? 'pass' : 'fail')), shell.say(what), columns, style.bold),
  ];
  if (next !== null) {
    lines.push(...hanging('→', shell.words('cli_probe_next', { step: shell.say(next) }), columns));
  }
  lines.push(...hanging('·', clockWords(clock, shell), columns));
  return lines.join('\n');
}

const signs = { ok: 'pass', failed: 'fail', skipped: 'not-applicable' } as const;

function stepRow({ step, outcome, timeMs, what }: ProbeStep, shell: Shell): string[] {
  const { style, locale } = shell;
  const paint = { ok: style.green, failed: style.red, skipped: style.dim }[outcome];
  return [
    paint(verdictSign(signs[outcome])),
    probeStepLabel(step, locale),
    timeMs === null ? '–' : formatDuration(timeMs, locale),
    shell.say(what),
  ];
}

/** Hosts whose header counts whole seconds tell no less than that. */
const clockTellsMs = 2_000;

function clockWords({ offsetMs, sources, reason }: ClockReference, shell: Shell): string {
  if (reason === 'sources-disagree')
    return shell.words('probe_clock_sources_disagree', { sources });
  if (offsetMs === null) return shell.words('probe_clock_no_source', {});
  if (Math.abs(offsetMs) <= clockTellsMs) return shell.words('probe_clock_right', { sources });
  return offsetMs > 0
    ? shell.words('probe_clock_ahead', { offsetMs, sources })
    : shell.words('probe_clock_behind', { offsetMs: -offsetMs, sources });
}

function hanging(
  sign: string,
  text: string,
  columns: number,
  paint: (text: string) => string = (plain) => plain,
): string[] {
  return wrap(text, columns - 2).map((line, at) => `${at === 0 ? sign : ' '} ${paint(line)}`);
}
