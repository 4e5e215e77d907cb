import type { Effect } from '../../core/record/define/consequence.ts';
import type { Registry } from '../../core/record/define/work.ts';
import { links } from '../../handover/links.ts';
import { note, table } from './markdown.ts';

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
    gate.quorum === 'one' ? '' : 'every customer',
  ]);
  const evidence = [...registry.gates.values()].flatMap((gate) =>
    gate.evidence.map(({ title, roles, from }) => [gate.code, title, roles.join(', '), from]),
  );
  const chain = registry.chain.flatMap(({ when, then }) =>
    then.map((effect) => [
      `${when.type}: ${when.move}`,
      `${effect.type}: ${effect.move}`,
      effect.from.join(', '),
      alongInWords(effect.along),
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
