// Processor time from Linux's /proc.
import { readdirSync, readFileSync } from 'node:fs';

const tickMs = 10; // USER_HZ is 100 for every program on Linux

/** Milliseconds that some processes and all below them have used, with those that have ended. */
export function cpuOf(roots: readonly number[]): number {
  const processes = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statOf(Number(name)) : []));
  const below = new Set(roots);
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const { pid, parent } of processes) if (below.has(parent)) below.add(pid);
  }
  return processes.reduce((sum, { pid, ticks }) => sum + (below.has(pid) ? ticks * tickMs : 0), 0);
}

function statOf(pid: number): { pid: number; parent: number; ticks: number }[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, parent, , , , , , , , , , user, system, endedUser, endedSystem] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ');
    const ticks = [user, system, endedUser, endedSystem].reduce((sum, each) => sum + Number(each), 0);
    return [{ pid, parent: Number(parent), ticks }];
  } catch {
    return []; // it has ended meanwhile
  }
}
