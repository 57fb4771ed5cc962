import { codebox } from './codebox.ts';
import { counter } from './counter.ts';
import type { Model, ModelName } from './model.ts';

export const models: Readonly<Record<ModelName, Model>> = { codebox, counter };
