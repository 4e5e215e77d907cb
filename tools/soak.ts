// Long runs. Rounds of killing an installation in the middle of its work, 200 of them: `npm run soak`, or `npm run soak -- 20` for
// twenty; `npm run soak -- 50 100` goes through fifty from the hundredth on, for whoever runs them in pieces.
// `npm run soak -- walk` has people of both sides do 100,000 acts at random; `npm run soak -- walk 200 7` 200 walks of fifty acts,
// from seed 7 on.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fullDisk } from '../test/soak/disk.ts';
import { inWords, install } from '../test/soak/rounds.ts';
import { toolPath } from './run.ts';

async function kills(rounds: number, from: number): Promise<number> {
  const installation = await install();
  let faults = 0;
  let acknowledged = 0;
  let killed = 0;
  try {
    for (let index = from; index < from + rounds; index += 1) {
      const round = await installation.round(index);
      if (round.faults.length) faults += 1;
      acknowledged += round.acknowledged;
      killed += round.killed ? 1 : 0;
      console.log(`round ${index + 1} of ${from + rounds}: ${inWords(round)}`);
    }
  } finally {
    await installation.close();
  }
  const disk = await fullDisk();
  console.log(
    disk.skipped ??
      `a disk that was full and got room again: ${disk.acknowledged} acts acknowledged; told meanwhile: ${disk.told.join(' | ')}; ${disk.faults.join(' | ') || 'whole'}`,
  );
  if (disk.faults.length) faults += 1;
  console.log(
    `${rounds} rounds, ${killed} of them with a kill in the middle, ${acknowledged} acts acknowledged: ${faults ? `${faults} rounds lost, doubled or left something half done` : 'nothing lost, doubled or half done'}.`,
  );
  return faults ? 1 : 0;
}

function walks(many: string, seed: string): Promise<number> {
  const child = spawn(process.execPath, [toolPath('vitest'), 'run', 'test/generated/random-walk.test.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, WALKS: many, WALK_SEED: seed },
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

const [what, ...more] = process.argv.slice(2);
process.exitCode =
  what === 'walk'
    ? await walks(more[0] ?? '2000', more[1] ?? '1')
    : await kills(Number(what ?? 200), Number(more[0] ?? 0));
