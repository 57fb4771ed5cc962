/** The long work that is done at one terminal: its task, what it came to, the view that shows it. */
import type { Desk, Tab } from './desk.svelte.ts';
import type { Task } from './task.svelte.ts';

export type Work = 'flash' | 'diagnosis' | 'settings' | 'apps' | 'scanner';

export const works: readonly Work[] = ['flash', 'diagnosis', 'settings', 'apps', 'scanner'];

interface Part {
  readonly tab: Tab;
  readonly task: (desk: Desk) => Task;
  /** What would be new: where it is the same as before, nothing came of the work. */
  readonly outcome: (desk: Desk) => unknown;
}

export const workParts: Readonly<Record<Work, Part>> = {
  flash: {
    tab: 'firmware',
    task: (desk) => desk.flash.flashing,
    outcome: (desk) => desk.flash.result,
  },
  diagnosis: {
    tab: 'diagnosis',
    task: (desk) => desk.diagnosis.task,
    outcome: (desk) => desk.diagnosis.finished,
  },
  settings: {
    tab: 'settings',
    task: (desk) => desk.corrections.applying,
    outcome: (desk) => desk.corrections.outcome,
  },
  apps: {
    tab: 'apps',
    task: (desk) => desk.apps.working,
    outcome: (desk) => desk.apps.result,
  },
  scanner: {
    tab: 'scanner',
    task: (desk) => desk.scanner.task,
    outcome: (desk) => desk.scanner.finished,
  },
};
