import type { Module } from '../../core/http/module.ts';
import { matrixEndpoints } from './routes.ts';

/** The twelve cells. */
export const matrixModule: Module = {
  endpoints: matrixEndpoints,
};
