/** Group 2: statistics. */
export { statisticsGroup, type StatisticsGroup } from './group.ts';
export { statisticsList } from './list.ts';
