// The test of plans on as many incidents as asked for: rows are counted, so it judges on any machine.
import { spawnSync } from 'node:child_process';
import { toolPath } from './run.ts';

const anHour = '3600000';

/** Runs it and gives its exit status. */
export function benchPlans(count: number): number {
  const args = ['run', 'test/journeys/plans.test.ts', `--testTimeout=${anHour}`, `--hookTimeout=${anHour}`];
  const { status } = spawnSync(process.execPath, [toolPath('vitest'), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PLAN_INCIDENTS: String(count) },
  });
  return status ?? 1;
}
