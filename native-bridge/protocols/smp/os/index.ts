/** Group 0: the operating system. */
export { bootloaderInfo, type BootloaderInfo } from './bootloader-info.ts';
export { dateTimeGet, dateTimeSet, type DeviceTime } from './date-time.ts';
export { echo } from './echo.ts';
export { osInfo } from './info.ts';
export { memoryPools, type MemoryPool } from './memory-pools.ts';
export { parameters, type SmpParameters } from './parameters.ts';
export { reset, type ResetParams } from './reset.ts';
export { taskStatistics, type TaskStatistics } from './task-statistics.ts';
