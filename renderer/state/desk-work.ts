/** The long work that is done at one terminal: its task, what it came to, the view that shows it. */
import type { Desk, Tab } from './desk.svelte.ts';
import type { Task } from './task.svelte.ts';

export type Work = 'flash' | 'diagnosis' | 'settings' | 'apps' | 'scanner';

export const works: readonly Work[] = ['flash', 'diagnosis', 'settings', 'apps', 'scanner'];

export const tabOf: Readonly<Record<Work, Tab>> = {
  flash: 'firmware',
  diagnosis: 'diagnosis',
  settings: 'settings',
  apps: 'apps',
  scanner: 'scanner',
};

export function taskOf(desk: Desk, work: Work): Task {
  switch (work) {
    case 'flash':
      return desk.flash.flashing;
    case 'diagnosis':
      return desk.diagnosis.task;
    case 'settings':
      return desk.corrections.applying;
    case 'apps':
      return desk.apps.working;
    case 'scanner':
      return desk.scanner.task;
  }
}

/** What would be new: where it is the same as `before`, nothing came of the work. */
export function outcomeOf(desk: Desk, work: Work): unknown {
  switch (work) {
    case 'flash':
      return desk.flash.result;
    case 'diagnosis':
      return desk.diagnosis.finished;
    case 'settings':
      return desk.corrections.outcome;
    case 'apps':
      return desk.apps.result;
    case 'scanner':
      return desk.scanner.finished;
  }
}
