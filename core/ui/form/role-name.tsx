// A role by what it is called; apart from its choice, for lists show it and choose nothing.
import { useRegistry } from '../registry.ts';

export function RoleName({ code }: { code: string }) {
  return useRegistry().roles[code] ?? code;
}
