/** Group 10: which groups the device has. */
export { groupCount } from './count.ts';
export { groupDetails, type GroupDetails } from './details.ts';
export { groupList } from './list.ts';
export { groupSingle } from './single.ts';
