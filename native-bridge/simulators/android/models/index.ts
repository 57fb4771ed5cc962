import { at700 } from './at-700.ts';
import { at900 } from './at-900.ts';
import type { Model, ModelName } from './model.ts';

export const models: Readonly<Record<ModelName, Model>> = { 'at-700': at700, 'at-900': at900 };
