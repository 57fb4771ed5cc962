/**
 * What a recovery wrote of an installation. Its screen shows it; over ADB only some builds let a
 * shell read its log, in the recovery itself or after the restart (AOSP, bootable/recovery:
 * recovery_utils/logging.cpp). What can't be read is not missed.
 */
import { faultOf } from '../../../contract/bridge-fault.ts';
import type { AdbSession } from '../../../sessions/adb/adb-session.ts';
import { plainText } from '../../plain-text.ts';
import type { Until } from '../method.ts';

const places = {
  recovery: ['/tmp/recovery.log'],
  system: ['/cache/recovery/last_log', '/data/misc/recovery/last_log'],
} as const;
const lastLines = 60;
const maxOutputBytes = 64 * 1024;
const keptLines = 12;
const maxLineCharacters = 200;
/** What tells how an installation went; the rest of a log is about the recovery. */
const telling = /\b(?:error|abort|fail|install|verif|signature|status|E:)/i;

/** Oldest first; empty where there is nothing to read. Never throws. */
export async function recoveryText(session: AdbSession, until: Until): Promise<readonly string[]> {
  const own = session.banner.mode === 'device' ? places.system : places.recovery;
  for (const path of own) {
    try {
      const script = `tail -n ${lastLines} ${path} 2>/dev/null`;
      const { output, exitCode } = await session.shell(script, { ...until, maxOutputBytes });
      const lines = exitCode === 0 ? tellingLines(output) : [];
      if (lines.length > 0) return lines;
    } catch (error) {
      if (faultOf(error).code === 'command-refused') return [];
    }
  }
  return [];
}

function tellingLines(output: string): string[] {
  const lines = output.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => telling.test(line))
    .slice(-keptLines)
    .map((line) => plainText(line.slice(0, maxLineCharacters)));
}
