// What walks came to, together and in words.
import type { Walked } from './walk.ts';

const sum = (walked: readonly Walked[], of: (each: Walked) => number): number =>
  walked.reduce((total, each) => total + of(each), 0);

export function together(walked: readonly Walked[]): Walked {
  const kinds: Walked['kinds'] = new Map();
  const refused: Walked['refused'] = new Map();
  for (const each of walked) {
    for (const [name, { tried, accepted }] of each.kinds) {
      const known = kinds.get(name) ?? { tried: 0, accepted: 0 };
      kinds.set(name, { tried: known.tried + tried, accepted: known.accepted + accepted });
    }
    for (const [code, times] of each.refused) refused.set(code, (refused.get(code) ?? 0) + times);
  }
  return {
    faults: walked.flatMap(({ faults }) => faults),
    acts: sum(walked, ({ acts }) => acts),
    accepted: sum(walked, ({ accepted }) => accepted),
    kinds,
    refused,
    states: new Set(walked.flatMap(({ states }) => [...states])),
    gates: new Set(walked.flatMap(({ gates }) => [...gates])),
    checked: {
      decisions: sum(walked, ({ checked }) => checked.decisions),
      services: sum(walked, ({ checked }) => checked.services),
      targets: sum(walked, ({ checked }) => checked.targets),
    },
  };
}

export function inWords({ acts, accepted, kinds, refused, states, gates, checked }: Walked, walks: number): string {
  const byKind = [...kinds].map(([name, each]) => `${name} ${each.accepted} of ${each.tried}`);
  const byCode = [...refused].toSorted(([, a], [, b]) => b - a).map(([code, times]) => `${times} x ${code}`);
  return [
    `${walks} walks, ${acts} acts, ${accepted} accepted: ${byKind.join(', ')}`,
    `refused: ${byCode.join(', ')}`,
    `${states.size} states of records were reached, ${gates.size} gates decided at (${[...gates].toSorted().join(' ')})`,
    `checked: ${checked.decisions} times a decision of a business that counts, ${checked.services} times a live service, ${checked.targets} times what was agreed of an outcome`,
  ].join('\n');
}
