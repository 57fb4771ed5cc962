/**
 * bits-ui writes `style="display: contents;"` into the markup of a few of its components; the window's
 * content security policy allows no style there. As a directive the same is set through the object
 * model, which it does allow.
 */
import type { Plugin } from 'vite';

const inline = /style="display: contents;?"/g;

export function noInlineStyles(): Plugin {
  return {
    name: 'no-inline-styles',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.svelte') || !id.replaceAll('\\', '/').includes('/bits-ui/')) return null;
      if (!inline.test(code)) return null;
      return { code: code.replaceAll(inline, 'style:display="contents"'), map: null };
    },
  };
}
