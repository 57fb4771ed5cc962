/**
 * The window's words in the language chosen now. Reading the language here makes every sentence
 * change at once when it is switched.
 */
import type { Facts, Sentence } from '../../native-bridge/contract/common.ts';
import type { Evidence } from '../../native-bridge/contract/diagnosis.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { FlashPlan } from '../../native-bridge/contract/firmware.ts';
import type { SamplingWindow } from '../../native-bridge/contract/reading.ts';
import {
  answerWords,
  faultWords,
  formatDuration,
  formatTime,
  isMessageKey,
  measuringFacts,
  say,
  words,
} from '../../native-bridge/wording/index.ts';
import type { FactsOf, MessageKey } from '../../native-bridge/wording/index.ts';
import { clock } from './clock.svelte.ts';
import { portLabel } from './port-label.ts';
import { preferences } from './preferences.svelte.ts';
import { nowUtc } from './time.ts';

type FactsArguments<K extends MessageKey> = keyof FactsOf<K> extends never ? [] : [FactsOf<K>];

/** `t('app_connect')`, `t('app_for', { durationMs })`. */
export function t<K extends MessageKey>(key: K, ...[facts]: FactsArguments<K>): string {
  return words(key, facts ?? ({} as FactsOf<K>), preferences.locale);
}

/** Words whose key is put together from a name; the name itself where there are none. */
export function tNamed(prefix: string, name: string, facts: Facts = {}): string {
  const key = `${prefix}_${name.replaceAll(/[-.]/g, '_').toLowerCase()}`;
  return isMessageKey(key) ? say({ key, facts }, preferences.locale) : name;
}

const answerSource = 'question ';

/** What was asked and answered; null: the evidence is no answer. */
export function answerOf({ source, raw }: Evidence): ReturnType<typeof answerWords> | null {
  if (!source.startsWith(answerSource)) return null;
  return answerWords(source.slice(answerSource.length), raw, preferences.locale);
}

/** A port is called as a technician calls it. */
export function told({ key, facts }: Sentence): string {
  const { port } = facts;
  const called = typeof port === 'string' ? { ...facts, port: portLabel(port).name } : facts;
  return say({ key, facts: called }, preferences.locale);
}

export function faultText(fault: Fault): { what: string; next: string } {
  return faultWords(fault, preferences.locale);
}

const secondMs = 1000;
const minuteMs = 60_000;

/** "for 12 s": how long something has lasted, whole seconds. `sinceMs` is the window's clock's. */
export function lasting(sinceMs: number): string {
  const durationMs = Math.max(0, Math.floor((clock.nowMs - sinceMs) / secondMs) * secondMs);
  return t('app_for', { durationMs: Math.max(durationMs, secondMs) });
}

/** "Measuring for 5 s more: packet loss"; null where nothing is measured over a time. */
export function measuringText(window: SamplingWindow | null): string | null {
  if (window === null) return null;
  return t(
    'measuring_more',
    measuringFacts(window.names, clock.at(window.untilUtc) - clock.nowMs, preferences.locale),
  );
}

/** As `measuringText`, without the seconds: for whoever hears it. */
export function measuringHeard(window: SamplingWindow | null): string | null {
  if (window === null) return null;
  const { readings } = measuringFacts(window.names, 0, preferences.locale);
  return t('measuring_heard', { readings });
}

/** "3 min ago"; empty in the first minute. */
export function age(utc: string): string {
  const elapsedMs = clock.nowMs - clock.at(utc);
  if (!(elapsedMs >= minuteMs)) return '';
  return t('app_ago', { durationMs: Math.floor(elapsedMs / minuteMs) * minuteMs });
}

/** A moment as briefly as it can't be misread: today's without its date, seconds only today. */
export function moment(utc: string): string {
  const [day, time] = formatTime(utc).split(' ');
  const [today] = formatTime(nowUtc()).split(' ');
  return day === today ? (time ?? '') : formatTime(utc).slice(0, 16);
}

/** `Jul 1, 2026`, `2026年7月1日`: the day alone. */
export function dayInWords(utc: string): string {
  return new Intl.DateTimeFormat(preferences.locale, { dateStyle: 'medium' }).format(
    Date.parse(utc),
  );
}

type Predicted = Pick<FlashPlan, 'predictedMs' | 'rangeMs'>;

/**
 * A prediction is no measurement: what takes less than a second is not told in milliseconds, and
 * what is only known to be within a range is told so.
 */
export function predictedTime({ predictedMs, rangeMs }: Predicted): string {
  if (rangeMs !== undefined && rangeMs.mostMs >= secondMs) return t('duration_between', rangeMs);
  if (predictedMs < secondMs) return t('app_under_a_second');
  return formatDuration(predictedMs, preferences.locale);
}

export { formatTime };
