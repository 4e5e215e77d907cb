// Set before the programs of a soak, by `--import`: their clock is the machine's, set ahead or back by what a file says. Timers
// go on as they are, as on a machine whose clock somebody sets.
import { readFileSync } from 'node:fs';

const file = process.env['SOAK_CLOCK'] ?? '';
const machineNow = Date.now;

let ahead = 0;
let readAt = -Infinity;

function now(): number {
  const elapsed = performance.now();
  if (elapsed - readAt > 10) {
    readAt = elapsed;
    ahead = offsetIn(file);
  }
  return machineNow() + ahead;
}

function offsetIn(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return ahead; // nobody set it yet
  }
}

class SetDate extends Date {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length) super(...given);
    else super(now());
  }
  static override now = now;
}
Object.assign(globalThis, { Date: SetDate });
