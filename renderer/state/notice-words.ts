/** What is said when long work has ended: the words that the view has for it. */
import type { ScannerTest } from '../../native-bridge/contract/scanner.ts';
import { checkName, snakeOfKebab } from '../../native-bridge/wording/index.ts';
import type { Notice } from '../host.d.ts';
import { endWord } from './app-words.ts';
import { nameOf } from './bench.svelte.ts';
import { clipNotice } from './clip-notice.ts';
import type { Desk } from './desk.svelte.ts';
import { workParts, type Work } from './desk-work.ts';
import type { DiagnosisRun } from './diagnosis-run.svelte.ts';
import { preferences } from './preferences.svelte.ts';
import { faultText, t, tNamed, told } from './words.svelte.ts';

interface Said {
  readonly title: string;
  readonly text: string;
}

/** null: nothing came of it that anybody waits for, as where it was stopped. */
export function noticeOf(desk: Desk, work: Work, before: unknown): Notice | null {
  const { fault } = workParts[work].task(desk);
  const said = fault === null ? saidOf(desk, work, before) : inWords(fault);
  if (said === null) return null;
  const who = nameOf(desk.terminal.identity);
  return clipNotice({
    title: said.title,
    text: [who, said.text].filter((part) => part !== '').join('\n'),
    terminalId: desk.terminal.id,
    tab: workParts[work].tab,
  });
}

function inWords(fault: Parameters<typeof faultText>[0]): Said {
  const { what, next } = faultText(fault);
  return { title: what, text: next };
}

function saidOf(desk: Desk, work: Work, before: unknown): Said | null {
  if (workParts[work].outcome(desk) === before) return null;
  const { result } = desk.flash;
  const { result: app } = desk.apps;
  const { finished: test } = desk.scanner;
  switch (work) {
    case 'flash':
      return result && { title: tNamed('flash_verdict', result.verdict), text: told(result.state) };
    case 'diagnosis':
      return ofDiagnosis(desk.diagnosis);
    case 'settings': {
      const { outcome } = desk.corrections;
      if (outcome === null) return null;
      if (outcome.kind === 'backup') return { title: t('frame_notice_backed_up'), text: '' };
      return { title: tNamed('app_correction', outcome.correction.outcome), text: '' };
    }
    case 'apps':
      return app && { title: endWord(app), text: told(app.state) };
    case 'scanner':
      return (
        test && {
          title: t(`scanner_verdict_${snakeOfKebab(test.verdict)}`),
          text: scannerCounts(test),
        }
      );
  }
}

function scannerCounts({ codes }: ScannerTest): string {
  const count = (wanted: string) => codes.filter(({ outcome }) => outcome === wanted).length;
  return t('scanner_counts', {
    of: codes.length,
    read: count('read'),
    missed: count('missed'),
  });
}

function ofDiagnosis({ state, finished, cause, removed, findings }: DiagnosisRun): Said | null {
  if (finished === null || state === 'stopped') return null;
  if (cause !== null) return { title: `${t('app_cause')}${told(cause.headline)}`, text: '' };
  if (removed !== null) {
    const check = checkName(removed, preferences.locale);
    return { title: t('app_cause_removed', { check }), text: t('app_cause_removed_next') };
  }
  if (finished.routine != null) {
    const failing = [...findings.values()].filter(
      ({ verdict, role }) => verdict === 'fail' && role !== 'follows',
    );
    const text = '';
    return failing.length === 0
      ? { title: t('app_routine_well'), text }
      : { title: t('app_routine_findings', { count: failing.length }), text };
  }
  return { title: t('app_no_cause'), text: t('app_no_cause_next') };
}
