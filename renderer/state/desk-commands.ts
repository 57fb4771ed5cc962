/** What can be done with the terminal that is looked at: its views, and the buttons in them. */
import { perLocale, symptomWords, words } from '../../native-bridge/wording/index.ts';
import { bench, nameOf } from './bench.svelte.ts';
import { alsoCalled, both } from './command-words.ts';
import type { Command } from './command.ts';
import type { Desk, Tab } from './desk.svelte.ts';
import type { Purpose } from './diagnosis-desk.ts';
import { purposes, symptomOf } from './playbook.ts';
import type { ShortcutId } from './shortcuts.ts';

export function deskCommands(desk: Desk): Command[] {
  return [...acts(desk), ...views(desk), ...line(desk)];
}

const show = (desk: Desk, tab: Tab): void => {
  bench.place = 'terminals';
  desk.tab = tab;
};

function views(desk: Desk): Command[] {
  return desk.tabs.map((tab, index) => ({
    id: `tab ${tab}`,
    group: 'views' as const,
    title: both(`app_tab_${tab}`, {}),
    detail: nameOf(desk.terminal.identity),
    ...(tab === 'firmware' ? { also: alsoCalled('frame_also_flash') } : {}),
    shortcut: `tab-${index + 1}` as ShortcutId,
    run: () => show(desk, tab),
  }));
}

type Act = Pick<Command, 'id' | 'title' | 'run'> & Pick<Partial<Command>, 'shortcut' | 'also'>;

/** What the buttons do, where they can be pressed now. */
function acts(desk: Desk): Command[] {
  const detail = nameOf(desk.terminal.identity);
  const can = desk.ready ? [...reading(desk), ...changing(desk)] : [];
  return [...can, ...told(desk)].map((act) => ({ ...act, group: 'terminal' as const, detail }));
}

function reading(desk: Desk): Act[] {
  const { corrections } = desk;
  return [
    ...purposes.map((purpose) => ({
      id: `diagnose ${purpose}`,
      title: diagnoseTitle(purpose),
      also: alsoCalled('frame_also_diagnose'),
      ...(purpose === desk.diagnosis.purpose ? { shortcut: 'diagnose' as const } : {}),
      run: () => {
        show(desk, 'diagnosis');
        desk.diagnosis.choose(purpose);
        void desk.diagnosis.run();
      },
    })),
    {
      id: 'read-again',
      title: both('app_read_again', {}),
      shortcut: 'read-again',
      run: () => {
        show(desk, 'overview');
        void desk.refresh();
      },
    },
    {
      id: 'differences',
      title: both('frame_settings_differences', {}),
      run: () => {
        show(desk, 'settings');
        corrections.onlyDifferences = true;
        void corrections.load();
      },
    },
    {
      id: 'back-up',
      title: both('frame_back_up', {}),
      run: () => {
        show(desk, 'settings');
        void corrections.backUp();
      },
    },
  ];
}

function diagnoseTitle(purpose: Purpose): Command['title'] {
  return perLocale((locale) => {
    const symptom = symptomOf(purpose);
    const about = symptomWords(symptom, locale);
    const what = symptom === null ? about : `${symptom} ${about}`;
    return words('frame_diagnose', { what }, locale);
  });
}

function changing(desk: Desk): Act[] {
  const correct: Act = {
    id: 'correct',
    title: both('frame_correct', {}),
    run: () => {
      show(desk, 'settings');
      void desk.corrections.correct();
    },
  };
  const flash: Act = {
    id: 'flash',
    title: both('frame_flash', {}),
    also: alsoCalled('frame_also_flash'),
    run: () => {
      show(desk, 'firmware');
      void desk.files.choose('firmware').then((file) => file && desk.flash.choose(file));
    },
  };
  const install: Act = {
    id: 'install',
    title: both('frame_install', {}),
    run: () => {
      show(desk, 'apps');
      void desk.files.choose('app').then((file) => file && desk.apps.choose(file));
    },
  };
  return [correct, flash, ...(desk.tabs.includes('apps') ? [install] : [])];
}

/** What is made of its case. */
function told({ caseId }: Desk): Act[] {
  if (caseId === null) return [];
  return [
    {
      id: 'summary',
      title: both('app_summary_copy', {}),
      shortcut: 'copy-summary',
      run: () => void bench.records.copySummary(caseId),
    },
    {
      id: 'report',
      title: both('frame_report', {}),
      run: () => void bench.records.saveReport(caseId),
    },
  ];
}

function line({ terminal }: Desk): Command[] {
  const { id, portUrl, connected, activity, identity } = terminal;
  const detail = nameOf(identity);
  const group = 'terminal' as const;
  if (!connected) {
    const run = () => void bench.terminals.reconnect(portUrl);
    return [{ id: 'reconnect', group, detail, title: both('app_reconnect', {}), run }];
  }
  if (activity.kind !== 'idle') return [];
  const run = () => void bench.terminals.disconnect(id);
  return [{ id: 'disconnect', group, detail, title: both('app_disconnect', {}), run }];
}
