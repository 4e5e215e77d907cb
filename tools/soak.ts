// Sixty rounds of killing an installation in the middle of its writes: `npm run soak`, or `npm run soak -- 10` for ten.
import { install, victims } from '../test/support/kill-rounds.ts';

const rounds = Number(process.argv[2] ?? 60);
const installation = await install();
let faults = 0;
try {
  for (let index = 0; index < rounds; index += 1) {
    const round = await installation.round(victims[index % victims.length] ?? 'node');
    const isWhole = round.missing.length === 0 && round.verify.startsWith('verify: no difference');
    if (!isWhole) faults += 1;
    console.log(
      `round ${index + 1} of ${rounds}: killed ${round.victims} (${round.killed} processes) after ${round.acknowledged} records; back in ${round.restartSeconds.toFixed(1)} s; missing ${round.missing.length}; ${round.verify}`,
    );
    for (const each of round.missing) console.log(`  ${each}`);
  }
} finally {
  await installation.close();
}
console.log(
  faults ? `${faults} of ${rounds} rounds lost something.` : `${rounds} rounds, nothing acknowledged was lost.`,
);
process.exitCode = faults ? 1 : 0;
