// What the served OpenAPI document says of operations.
import type { Endpoint } from '../../../core/http/endpoint.ts';
import type { Schema } from '../from-schema.ts';

export interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean; example?: unknown }[];
  requestBody?: { content: { 'application/json'?: { schema: Schema } } };
}

export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

export const operationOf = (
  { paths }: Document,
  { path, method }: Pick<Endpoint, 'path' | 'method'>,
): Operation | undefined => (paths[`/api/v1${path}`] ?? paths[path])?.[method.toLowerCase()];
