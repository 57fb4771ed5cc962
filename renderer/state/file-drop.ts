/** Files dropped onto a place in the window: the place is marked while they are held above it. */
import type { Attachment } from 'svelte/attachments';

/**
 * For `{@attach …}`. Dropping is also choosing: a place that takes drops has a button for the same.
 * While files are above it the element has `data-dropping` (look/base.css).
 */
export function fileDrop(take: (files: readonly File[]) => void): Attachment<HTMLElement> {
  return (place) => {
    const listening = new AbortController();
    const on = <T extends 'dragover' | 'dragleave' | 'drop'>(
      type: T,
      listener: (event: HTMLElementEventMap[T]) => void,
    ): void => place.addEventListener(type, listener, { signal: listening.signal });
    on('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      place.dataset['dropping'] = '';
    });
    on('dragleave', (event) => {
      // From the place to something in it is no leaving.
      if (event.target === place) delete place.dataset['dropping'];
    });
    on('drop', (event) => {
      event.preventDefault();
      delete place.dataset['dropping'];
      take([...(event.dataTransfer?.files ?? [])]);
    });
    return () => listening.abort();
  };
}
