// Rounds of killing an installation in the middle of its work, 200 of them: `npm run soak`, or `npm run soak -- 20` for twenty;
// `npm run soak -- 50 100` goes through fifty from the hundredth on, for whoever runs them in pieces.
import { fullDisk } from '../test/soak/disk.ts';
import { inWords, install } from '../test/soak/rounds.ts';

const rounds = Number(process.argv[2] ?? 200);
const from = Number(process.argv[3] ?? 0);
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
process.exitCode = faults ? 1 : 0;
