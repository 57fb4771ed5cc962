/** The menu of macOS, which the packaged app's tests on other systems never see. */
import { expect, test } from 'vitest';
import { appMenu } from '../../electron/app-menu.ts';

const items = (locale: 'zh-CN' | 'en') =>
  appMenu(locale).flatMap((menu) => [menu, ...(Array.isArray(menu.submenu) ? menu.submenu : [])]);

test('it carries what text fields need, and nothing that a shipped program must not do', () => {
  const roles = new Set(items('en').map(({ role }) => role));
  expect([...roles]).toEqual(expect.arrayContaining(['cut', 'copy', 'paste', 'undo', 'quit']));
  for (const role of [
    'reload',
    'forceReload',
    'toggleDevTools',
    'zoomIn',
    'zoomOut',
    'resetZoom',
  ]) {
    expect(roles).not.toContain(role);
  }
});

test('it is in the window’s language', () => {
  const labels = items('zh-CN').flatMap(({ type, label }) => (type === 'separator' ? [] : [label]));
  expect(labels).toEqual(expect.arrayContaining(['编辑', '拷贝', '粘贴', '窗口']));
  expect(labels.every((label) => /\p{Script=Han}/u.test(label ?? ''))).toBe(true);
});
