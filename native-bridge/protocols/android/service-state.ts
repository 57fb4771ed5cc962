/**
 * ServiceState.toString. Android 10 and later list registrations by domain and transport: of them
 * only those over the mobile network (WWAN) count, since calls over Wi-Fi register as well.
 * Android 8 and 9 have `mKey=value` alone; Android 7 has words by their place.
 */
import { wordOf } from './values.ts';

export interface Service {
  readonly registered: boolean | null;
  /** '' where it is registered nowhere. */
  readonly operator: string | null;
  readonly roaming: boolean | '' | null;
  /** As Android names it: `LTE`, `NR`, `HSPA`, `EDGE`. */
  readonly networkType: string | null;
}

const unknown: Service = { registered: null, operator: null, roaming: null, networkType: null };

export function readService(text: string | undefined): Service {
  if (text === undefined) return unknown;
  const service = text.startsWith('{') ? readNamed(text) : readPlaced(text);
  if (service.registered !== false) return service;
  return { registered: false, operator: '', roaming: '', networkType: '' };
}

interface Registration {
  readonly domain: string;
  readonly state: string;
  readonly roaming: string | null;
  readonly technology: string | null;
}

function readNamed(text: string): Service {
  const all = readRegistrations(text);
  const home = all.filter(({ state }) => state === 'HOME' || state === 'ROAMING');
  const data = home.find(({ domain }) => domain === 'PS') ?? home[0];
  const states = [...text.matchAll(/\bm(?:Voice|Data)RegState=(\d)/g)].map((match) => match[1]);
  return {
    registered: all.length > 0 ? home.length > 0 : registeredOf(states),
    operator: operatorOf(text),
    roaming: data === undefined ? roamingByName(text) : roamingOf(data),
    networkType: data === undefined ? typeByName(text) : wordOf(data.technology ?? undefined),
  };
}

/** ServiceState.STATE_*: 0 in service, 1 out of it, 2 emergency calls only, 3 radio off. */
function registeredOf(states: readonly (string | undefined)[]): boolean | null {
  if (states.includes('0')) return true;
  return states.some((state) => state === '1' || state === '2' || state === '3') ? false : null;
}

/** `registrationState` until Android 14; `networkRegistrationState` is what the modem says. */
function readRegistrations(text: string): Registration[] {
  return text
    .split('NetworkRegistrationInfo{')
    .slice(1, 17)
    .filter((each) => /\btransportType=WWAN\b/.test(each))
    .flatMap((each) => {
      const value = (key: string) =>
        new RegExp(`\\b${key}=([A-Z0-9_+-]{1,32})`).exec(each)?.[1] ?? null;
      const state = value('networkRegistrationState') ?? value('registrationState');
      if (state === null || state === 'UNKNOWN') return [];
      const domain = value('domain') ?? '';
      const technology = value('accessNetworkTechnology');
      return [{ domain, state, roaming: value('roamingType'), technology }];
    });
}

function roamingOf({ state, roaming }: Registration): boolean | null {
  if (roaming === null) return state === 'ROAMING';
  return roaming !== 'NOT_ROAMING';
}

/** Android 8 and 9: `mDataRoamingType=home`, `… Roaming`, `roaming`. */
function roamingByName(text: string): boolean | null {
  const value = /\bm(?:Data|Voice)RoamingType=([A-Za-z ]{1,40})/.exec(text)?.[1]?.toLowerCase();
  if (value === 'home') return false;
  return value?.includes('roaming') === true ? true : null;
}

function typeByName(text: string): string | null {
  const name = /\b(?:getRil|mRil)DataRadioTechnology=\d{1,3}\(([\w+-]{1,32})\)/.exec(text)?.[1];
  return wordOf(name);
}

const operatorKeys = [
  'mOperatorAlphaLong',
  'mDataOperatorAlphaLong',
  'mVoiceOperatorAlphaLong',
  'mOperatorAlphaShort',
  'mDataOperatorAlphaShort',
  'mVoiceOperatorAlphaShort',
];

/** A name may hold a comma: it ends before the next key. */
function operatorOf(text: string): string | null {
  for (const key of operatorKeys) {
    const at = text.indexOf(`${key}=`);
    if (at < 0) continue;
    const rest = text.slice(at + key.length + 1, at + key.length + 129);
    const name = wordOf(rest.split(/, (?:m[A-Z]|is[A-Z]|get[A-Z])|\}/)[0]?.trim());
    if (name !== null) return name;
  }
  return null;
}

/**
 * Android 7: voice state, data state, then roaming in words; the operator's names stand there side
 * by side without a border between them, so they stay unknown.
 */
function readPlaced(text: string): Service {
  const [, voice, data, words] =
    /^([0-3]) ([0-3]) voice (?:home|[A-Za-z ]{0,24}roaming) data (home|[A-Za-z ]{0,24}roaming) /i.exec(
      text,
    ) ?? [];
  if (words === undefined) return unknown;
  return {
    registered: registeredOf([voice, data]),
    operator: null,
    roaming: words !== 'home',
    networkType: null,
  };
}
