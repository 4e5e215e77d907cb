import { snakeCase } from './define.ts';
import type { RecordDefinition } from './define.ts';

/** The sequence that numbers records of a type, in the schema of its table. */
export function numberSequence({ table, type }: RecordDefinition): string {
  return `${table.split('.')[0]}.number_${snakeCase(type.replaceAll('-', '_'))}`;
}
