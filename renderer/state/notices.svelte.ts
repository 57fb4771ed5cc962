/**
 * Says when long work has ended: to a screen reader by a line that is never seen, and by the system
 * where the window is not in front. The words are those of the view, and are loaded when they are due.
 */
import { untrack } from 'svelte';
import type { Notice } from '../host.d.ts';
import { isAsking } from './asking.ts';
import { bench } from './bench.svelte.ts';
import { clock } from './clock.svelte.ts';
import { tabs, type Desk, type Tab } from './desk.svelte.ts';
import { workParts, works, type Work } from './desk-work.ts';
import { tNamed } from './words.svelte.ts';

/** A diagnosis that was shorter nobody turned away from. */
const longDiagnosisMs = 10_000;

class Notices {
  /** For screen readers: what has just ended, or the phase a flash has come to. */
  said = $state('');

  /** Until the function it returns is called. */
  follow(desk: Desk): () => void {
    const ends = works.map((work) => this.#followOne(desk, work));
    return () => {
      for (const end of ends) end();
    };
  }

  listen(): void {
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.source === window && isChosen(event.data)) this.#show(event.data.notice);
    });
  }

  #followOne(desk: Desk, work: Work): () => void {
    let began: { readonly sinceMs: number; readonly before: unknown } | null = null;
    return $effect.root(() => {
      $effect(() => {
        const { sinceMs } = workParts[work].task(desk);
        if (sinceMs !== null) {
          began ??= { sinceMs, before: untrack(() => workParts[work].outcome(desk)) };
          if (work === 'flash') this.#sayPhase(desk);
        } else if (began !== null) {
          const { sinceMs: startedMs, before } = began;
          began = null;
          const isShort = work === 'diagnosis' && clock.now() - startedMs < longDiagnosisMs;
          // The outcome is set right after the task has ended.
          setTimeout(() => void this.#tell(desk, work, before, isShort));
        }
      });
    });
  }

  #sayPhase({ flash }: Desk): void {
    const phase = flash.progress?.phase;
    if (phase !== undefined) this.said = tNamed('flash_phase', phase);
  }

  async #tell(desk: Desk, work: Work, before: unknown, isShort: boolean): Promise<void> {
    const { noticeOf } = await import('./notice-words.ts');
    const notice = noticeOf(desk, work, before);
    if (notice === null) return;
    this.said = [notice.title, notice.text].join('. ');
    if (!isShort) window.posBench.notify(notice);
  }

  #show({ terminalId, tab }: Notice): void {
    if (terminalId === null) return;
    if (bench.terminals.desk(terminalId) === null) return;
    const known = (tabs as readonly string[]).includes(tab) ? (tab as Tab) : null;
    const offered = { terminalId, tab: known, because: 'ended' } as const;
    if (isAsking()) bench.terminals.offered = offered;
    else bench.openOffered(offered);
  }
}

function isChosen(data: unknown): data is { readonly notice: Notice } {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === 'pos-bench:notice-chosen' &&
    'notice' in data
  );
}

export const notices = new Notices();
