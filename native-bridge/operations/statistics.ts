/**
 * The counters that the terminal's own firmware keeps: the names of the groups first, then each
 * group. Zephyr, "Statistics management": names are the firmware's, values unsigned and up to 64
 * bits. All of it is the device's word: names are stripped and masked, numbers travel as digits,
 * and there are bounds on how much is asked and kept.
 *
 * Most firmware is built without statistics: then there are none, and nothing is wrong.
 */
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import type { Facts } from '../contract/common.ts';
import type { Fault } from '../contract/fault.ts';
import type { Params, Progress, Result } from '../contract/requests.ts';
import type { StatisticsGroup } from '../contract/statistics.ts';
import { statisticsGroup, statisticsList } from '../protocols/smp/statistics/index.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';
import type { Context } from './context.ts';
import { plainText } from './plain-text.ts';
import { endsReading } from './readings/take-readings.ts';

const requestTimeoutMs = 3_000;
/** Zephyr's own statistics are a handful of groups with some ten fields. */
const maxGroups = 64;
const maxFields = 128;
/** Zephyr takes names of 32 (CONFIG_MCUMGR_GRP_STAT_MAX_NAME_LEN); a longer one here is no name. */
const maxNameCharacters = 128;

/**
 * A group that can't be read has a fault and the others go on. Ends with an error where the port
 * went, on cancel, and where two requests in a row stay without any answer: nobody is there.
 */
export async function* readStatistics(
  context: Context,
  { terminalId }: Params<'readStatistics'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'readStatistics'>, Result<'readStatistics'>, void> {
  const connection = context.connections.get(terminalId);
  const detail = { key: 'activity_reading', facts: {} };
  const hold = await connection.use('read', 'reading', detail, signal);
  try {
    const session = connection.smp;
    const names = await groupNames(session, signal);
    const groups: StatisticsGroup[] = [];
    for (const name of names?.slice(0, maxGroups) ?? []) {
      const of = Math.min(names?.length ?? 0, maxGroups);
      yield { group: shown(name), number: groups.length + 1, of };
      const group = await readGroup(session, name, signal);
      if (isSilent(group) && isSilent(groups.at(-1))) throw BridgeFault.of(group.failure);
      groups.push(group);
    }
    return {
      terminalId,
      atUtc: new Date().toISOString(),
      supported: names !== null,
      groups,
      omittedGroups: (names?.length ?? 0) - groups.length,
    };
  } finally {
    hold.release();
  }
}

/** As the terminal calls them, each once; null where it has no statistics. */
async function groupNames(session: SmpSession, signal: AbortSignal): Promise<string[] | null> {
  try {
    const wait = { timeoutMs: requestTimeoutMs, signal };
    const { names } = await session.request(statisticsList, undefined, wait);
    return [...new Set(names)];
  } catch (error) {
    if (faultOf(error).code === 'command-unsupported') return null;
    throw error;
  }
}

async function readGroup(
  session: SmpSession,
  name: string,
  signal: AbortSignal,
): Promise<StatisticsGroup> {
  const base = { name: shown(name), fields: [], omittedFields: 0, failure: null };
  try {
    if (name.length > maxNameCharacters) {
      throw new BridgeFault('reply-malformed', { command: statisticsList.name });
    }
    const wait = { timeoutMs: requestTimeoutMs, signal };
    const found = [...(await session.request(statisticsGroup, { name }, wait)).fields];
    const fields = found
      .slice(0, maxFields)
      .map(([field, value]) => ({ name: shown(field), value: String(value) }));
    return { ...base, fields, omittedFields: found.length - fields.length };
  } catch (error) {
    const failure = faultOf(error, signal.aborted);
    if (endsReading(failure)) throw error;
    return { ...base, failure: plainFault(failure) };
  }
}

function isSilent(
  group: StatisticsGroup | undefined,
): group is StatisticsGroup & { failure: Fault } {
  const code = group?.failure?.code;
  return code === 'reply-timeout' || code === 'port-write-timeout';
}

/** A name as it may be shown: on one line. */
function shown(name: string): string {
  return plainText(name.slice(0, maxNameCharacters)).replaceAll(/\s+/gu, ' ').trim();
}

/** A codec names the field it could not read, and that name is the device's. */
function plainFault({ code, facts, trace }: Fault): Fault {
  const plainFacts: Facts = Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      typeof fact === 'string' ? shown(fact) : fact,
    ]),
  );
  return { code, facts: plainFacts, trace: trace.map(plainText) };
}
