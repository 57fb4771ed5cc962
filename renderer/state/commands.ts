/**
 * What the palette offers: places, terminals, ports, views, what can be done with the terminal that is
 * looked at, cases. Each has its title in both languages, since people type what comes to mind first.
 */
import {
  checkName,
  formatTime,
  perLocale,
  symptomWords,
  words,
  type MessageKey,
} from '../../native-bridge/wording/index.ts';
import { checkIdSchema } from '../../native-bridge/contract/diagnosis.ts';
import type { CaseSummary } from '../../native-bridge/contract/case.ts';
import { bench, nameOf, type Place } from './bench.svelte.ts';
import { deskCommands } from './desk-commands.ts';
import { frame } from './frame.svelte.ts';
import { portLabel } from './port-label.ts';
import { preferences, textSizes, type ThemeChoice } from './preferences.svelte.ts';
import { alsoCalled, both } from './command-words.ts';
import type { Command } from './command.ts';
import type { ShortcutId } from './shortcuts.ts';

/** A title that is a name: the same in both. */
const same = (text: string): Command['title'] => ({ 'zh-CN': text, en: text });

export function allCommands(): Command[] {
  const desk = bench.terminals.selected;
  return [
    ...(desk === null ? [] : deskCommands(desk)),
    ...terminalCommands(),
    ...placeCommands(),
    ...windowCommands(),
    ...caseCommands(bench.recentCases.cases ?? []),
  ];
}

function terminalCommands(): Command[] {
  const { list, freePorts } = bench.terminals;
  const terminals = list.map(({ id, identity, portUrl }) => ({
    id: `terminal ${id}`,
    group: 'terminals' as const,
    title: same(nameOf(identity)),
    detail: portLabel(portUrl).name,
    run: () => {
      bench.terminals.select(id);
      bench.place = 'terminals';
    },
  }));
  const ports = freePorts.map((port) => ({
    id: `port ${port.url}`,
    group: 'terminals' as const,
    title: both('app_connect_to', { port: port.path }),
    ...(port.product === null ? {} : { detail: port.product }),
    run: () => void bench.connectChosen(port.url),
  }));
  return [...terminals, ...ports];
}

interface PlaceOffered {
  readonly place: Place;
  readonly key: MessageKey;
  readonly shortcut?: ShortcutId;
  readonly also?: MessageKey & `frame_also_${string}`;
}
const places: readonly PlaceOffered[] = [
  { place: 'terminals', key: 'app_place_terminals' },
  { place: 'no-terminal', key: 'app_no_terminal_go' },
  { place: 'qr', key: 'app_place_qr' },
  { place: 'records', key: 'app_place_records', also: 'frame_also_records' },
  { place: 'training', key: 'app_place_training', also: 'frame_also_training' },
  {
    place: 'preferences',
    key: 'app_place_preferences',
    shortcut: 'preferences',
    also: 'frame_also_preferences',
  },
];

function placeCommands(): Command[] {
  return places.map(({ place, key, shortcut, also }: PlaceOffered) => ({
    id: `place ${place}`,
    group: 'places' as const,
    title: both(key, {} as never),
    ...(shortcut === undefined ? {} : { shortcut }),
    ...(also === undefined ? {} : { also: alsoCalled(also) }),
    run: () => {
      bench.place = place;
    },
  }));
}

const themes: Readonly<Record<ThemeChoice, MessageKey & `app_theme_${ThemeChoice}`>> = {
  light: 'app_theme_light',
  dark: 'app_theme_dark',
  system: 'app_theme_system',
};

function windowCommands(): Command[] {
  const group = 'window' as const;
  const other = preferences.locale === 'zh-CN' ? 'en' : 'zh-CN';
  return [
    {
      id: 'training',
      group,
      title: both('app_training_start', {}),
      run: () => void bench.startTraining(),
    },
    {
      id: 'language',
      group,
      // Who looks for it may read only the other language.
      title: same('切换到中文 · Switch to English'),
      run: () => void preferences.setLocale(other),
    },
    ...(Object.keys(themes) as ThemeChoice[]).map((theme) => ({
      id: `theme ${theme}`,
      group,
      title: perLocale((locale) =>
        words('app_theme_switch', { theme: words(themes[theme], {}, locale) }, locale),
      ),
      run: () => preferences.setTheme(theme),
    })),
    ...textSizes.map((percent) => ({
      id: `text ${percent}`,
      group,
      title: both('frame_text_size_is', { sizePercent: percent }),
      run: () => preferences.setTextSize(percent),
    })),
    {
      id: 'keys',
      group,
      title: both('frame_key_keys', {}),
      shortcut: 'keys',
      run: () => frame.toggle('keys'),
    },
  ];
}

function caseCommands(cases: readonly CaseSummary[]): Command[] {
  return cases.map((one) => ({
    id: `case ${one.id}`,
    group: 'cases' as const,
    title: perLocale((locale) =>
      words(
        'frame_case',
        {
          who:
            one.identity === null ? words('report_no_terminal', {}, locale) : nameOf(one.identity),
          day: formatTime(one.openedUtc).slice(0, 10),
        },
        locale,
      ),
    ),
    detail: [one.merchant, aboutCase(one)].filter((part) => part !== null).join(' · '),
    run: () => bench.openCase(one.id),
  }));
}

function aboutCase({ cause, symptom }: CaseSummary): string | null {
  const check = checkIdSchema.safeParse(cause);
  if (check.success) return checkName(check.data, preferences.locale);
  return symptom === null ? null : symptomWords(symptom, preferences.locale);
}
