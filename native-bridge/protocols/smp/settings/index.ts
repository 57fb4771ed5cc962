/** Group 3: settings. They have no types and no list: only what a profile names can be read. */
export { settingCommit } from './commit.ts';
export { settingDelete } from './delete.ts';
export { settingLoad, settingSave } from './load-save.ts';
export { settingRead, type SettingReadParams, type SettingValue } from './read.ts';
export { settingWrite, type SettingWriteParams } from './write.ts';
