import { lookup } from '../../core/names/lookup.ts';
import type { Gate } from '../../core/lifecycle/gate.ts';
import type { Effect } from '../../core/record/define/consequence.ts';
import type { Registry } from '../../core/record/define/work.ts';
import { links } from '../../handover/links.ts';
import { note, table } from './markdown.ts';

const quorums: Readonly<Record<Gate['quorum'], string>> = {
  one: '',
  every_customer: 'every customer',
  as_agreed: 'by the rule agreed with the package, else every customer',
  two_people: 'two people',
};
const whose = lookup({ not: ', but of who opted out', only: ', of who opted out' } as const);

function alongInWords(along: Effect['along']): string {
  if (along === 'lineage') return along;
  return ('link' in along ? [along] : along).map(({ link, direction }) => `${link} (${direction})`).join(', ');
}

export function gates(registry: Registry): string {
  const rows = [...registry.gates.values()].map((gate) => [
    gate.code,
    gate.label,
    gate.side === 'B' ? 'business' : 'provider',
    gate.roles.join(', '),
    gate.question,
    quorums[gate.quorum] + (gate.leaves ? ', or opts out' : ''),
  ]);
  const evidence = [...registry.gates.values()].flatMap((gate) =>
    gate.evidence.map(({ title, roles, from }) => [gate.code, title, roles.join(', '), from]),
  );
  const chain = registry.chain.flatMap(({ when, then }) =>
    then.map((effect) => [
      `${when.type}: ${when.move}`,
      `${effect.type}: ${effect.move}`,
      effect.from.join(', '),
      alongInWords(effect.along) + (effect.optedOut ? whose[effect.optedOut] : ''),
    ]),
  );
  return `${note}# Gates, links and the chain\n\n## Gates\n\n${table(['Gate', 'Name', 'Side', 'Roles', 'Question', 'Quorum'], rows)}\n\n## Evidence\n\nWhat a gate wants to see, whose word on it counts, and from which profile on it stays closed without it.\n\n${table(['Gate', 'Evidence', 'Roles', 'From profile'], evidence)}\n\n## Roles\n\n${table(
    ['Role', 'Side', 'Name'],
    [...registry.roles.values()].map((role) => [role.code, role.side, role.label]),
  )}\n\n## Links of the thread\n\n${table(
    ['Link', 'From', 'To'],
    links.map((link) => [`\`${link.type}\`: ${link.label}`, link.from.join(', '), link.to.join(', ')]),
  )}\n\n## The chain: what a move brings about elsewhere\n\n${table(['When', 'Then', 'From', 'Along'], chain)}\n`;
}
