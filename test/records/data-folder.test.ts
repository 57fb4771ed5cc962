import { describe, expect, it } from 'vitest';
import { defaultCacheFolder, defaultDataFolder } from '../../native-bridge/records/data-folder.ts';

const on = (platform: NodeJS.Platform, environment: Record<string, string>, home: string) =>
  defaultDataFolder({ platform, environment, home });

describe('the data folder', () => {
  it('on Linux follows XDG_DATA_HOME', () => {
    expect(on('linux', { XDG_DATA_HOME: '/data' }, '/home/li')).toBe('/data/pos-bench');
  });
  it('on Linux ignores an XDG_DATA_HOME that is not absolute, as the specification says', () => {
    const expected = '/home/li/.local/share/pos-bench';
    expect(on('linux', { XDG_DATA_HOME: 'data' }, '/home/li')).toBe(expected);
    expect(on('linux', {}, '/home/li')).toBe(expected);
  });
  it('on Windows is local, not roaming', () => {
    expect(on('win32', { LOCALAPPDATA: 'D:\\L' }, 'C:\\Users\\li')).toBe('D:\\L\\pos-bench');
    expect(on('win32', {}, 'C:\\Users\\li')).toBe('C:\\Users\\li\\AppData\\Local\\pos-bench');
  });
  it('on macOS is in Application Support', () => {
    expect(on('darwin', {}, '/Users/li')).toBe('/Users/li/Library/Application Support/pos-bench');
  });
});

describe('the cache folder', () => {
  const cacheOn = (platform: NodeJS.Platform, environment: Record<string, string>, home: string) =>
    defaultCacheFolder({ platform, environment, home });

  it('on Linux follows XDG_CACHE_HOME where it is absolute', () => {
    expect(cacheOn('linux', { XDG_CACHE_HOME: '/cache' }, '/home/li')).toBe('/cache/pos-bench');
    expect(cacheOn('linux', { XDG_CACHE_HOME: 'c' }, '/home/li')).toBe('/home/li/.cache/pos-bench');
  });
  it('elsewhere is where such files are put', () => {
    expect(cacheOn('win32', { LOCALAPPDATA: 'D:\\L' }, '')).toBe('D:\\L\\pos-bench\\cache');
    expect(cacheOn('darwin', {}, '/Users/li')).toBe('/Users/li/Library/Caches/pos-bench');
  });
});
