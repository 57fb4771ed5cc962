/** A notice as long as the system shows one; the host takes none that is longer. */
import { clipText } from '../../native-bridge/wording/index.ts';
import type { Notice } from '../host.d.ts';

const maxCharacters = { title: 200, text: 400 };

export function clipNotice(notice: Notice): Notice {
  return {
    ...notice,
    title: clipText(notice.title, maxCharacters.title),
    text: clipText(notice.text, maxCharacters.text),
  };
}
