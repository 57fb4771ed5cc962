/** What the keys do that work everywhere (shortcuts.ts). A dialogue that is open keeps them to itself. */
import { isAsking } from './asking.ts';
import { bench } from './bench.svelte.ts';
import { frame } from './frame.svelte.ts';
import { preferences } from './preferences.svelte.ts';
import { shortcutOf, type ShortcutId } from './shortcuts.ts';

export function listenToKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const writing = isWriting(event.target);
    const id = shortcutOf(event, { mac: isMac(), writing, diagnosing: isDiagnosing() });
    if (id === null || (isAsking() && !(id === 'palette' && frame.over !== null))) return;
    if (act(id)) event.preventDefault();
  });
}

export const isMac = (): boolean => window.posBench.platform === 'darwin';

function isDiagnosing(): boolean {
  const { place, terminals } = bench;
  return (
    place === 'no-terminal' || (place === 'terminals' && terminals.selected?.tab === 'diagnosis')
  );
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]')
  );
}

/** False where there is nothing to do: the key stays what it is. */
function act(id: ShortcutId): boolean {
  switch (id) {
    case 'palette':
    case 'keys':
      frame.toggle(id);
      return true;
    case 'preferences':
      bench.place = 'preferences';
      return true;
    case 'larger':
    case 'smaller':
      preferences.stepTextSize(id === 'larger' ? 1 : -1);
      return true;
    case 'usual-size':
      preferences.setTextSize(100);
      return true;
    case 'next-region':
    case 'previous-region':
      return stepRegion(id === 'next-region' ? 1 : -1);
    case 'next-terminal':
    case 'previous-terminal':
      return stepTerminal(id === 'next-terminal' ? 1 : -1);
    default:
      return actOnDesk(id);
  }
}

function actOnDesk(id: ShortcutId): boolean {
  const desk = bench.terminals.selected;
  if (id === 'copy-summary' && bench.place === 'records') {
    const { pastCase } = bench;
    if (pastCase !== null) void pastCase.copySummary(bench.records);
    return pastCase !== null;
  }
  if (bench.place === 'no-terminal' && id === 'diagnose') {
    void bench.withoutTerminal.diagnosis.run();
    return true;
  }
  if (desk === null) return false;
  if (id === 'read-again') {
    void desk.refresh();
    return true;
  }
  if (id === 'diagnose') {
    bench.place = 'terminals';
    desk.tab = 'diagnosis';
    if (desk.ready) void desk.diagnosis.run();
    return true;
  }
  if (id === 'copy-summary') {
    if (desk.caseId !== null) void bench.records.copySummary(desk.caseId);
    return desk.caseId !== null;
  }
  const tab = desk.tabs[Number(id.replace('tab-', '')) - 1];
  if (tab === undefined) return false;
  bench.place = 'terminals';
  desk.tab = tab;
  return true;
}

function stepTerminal(by: 1 | -1): boolean {
  const { list, selectedId } = bench.terminals;
  if (list.length === 0) return false;
  const at = list.findIndex(({ id }) => id === selectedId);
  const from = at === -1 && by === -1 ? 0 : at;
  const next = list[(from + by + list.length) % list.length];
  if (next === undefined) return false;
  bench.terminals.select(next.id);
  bench.place = 'terminals';
  return true;
}

/** The parts of the window, as they stand in it. */
function stepRegion(by: 1 | -1): boolean {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) =>
    region.checkVisibility(),
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const from = at === -1 && by === -1 ? 0 : at;
  const region = regions[(from + by + regions.length) % regions.length];
  if (region === undefined) return false;
  const first = region.querySelector<HTMLElement>(
    '[aria-current="page"], [aria-selected="true"], [aria-pressed="true"]',
  );
  const any = region.querySelector<HTMLElement>(
    'button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]',
  );
  (first ?? any ?? region).focus();
  return true;
}
