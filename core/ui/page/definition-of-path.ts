import type { RecordDefinition } from '../../record/define/define.ts';
import { useDrawnPath } from '../go.tsx';
import { useRegistry } from '../registry.ts';

/** The record type that the address names, if there is one. */
export function useDefinitionOfPath(): RecordDefinition | undefined {
  const [, path] = useDrawnPath().split('/');
  return useRegistry().definitions.find((each) => each.path === path);
}
