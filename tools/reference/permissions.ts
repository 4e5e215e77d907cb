import { anybody } from '../../core/record/define/decide.ts';
import type { Gate } from '../../core/lifecycle/gate.ts';
import type { Who } from '../../core/permission/role.ts';
import type { RecordDefinition } from '../../core/record/define/define.ts';
import type { Registry } from '../../core/record/define/work.ts';
import { code, note, table } from './markdown.ts';

/** What each role may do with each record type, as lifecycles, gates and checklists declare it. */
export function permissions(registry: Registry): string {
  const parts = [...registry.roles.values()].flatMap(({ code: role, label, side }) => {
    const rows = rowsOf(registry, role);
    return rows.length ? [section(`${label} (${role}, ${sides[side] ?? side})`, rows)] : [];
  });
  return `${note}# Permissions

What each role may do, as it is declared. A role held for one customer counts on what is shared with that customer. Rules, separation of duties and the state of the record may still say no: see [lifecycles](lifecycles.md) and [refusals](refusals.md). Everybody reads what their roles or their organisation share in; the platform's own endpoints judge for themselves.

${section('Everybody who sees the record', rowsOf(registry, anybody))}

${section('By itself', rowsOf(registry, 'system'))}

${parts.join('\n\n')}
`;
}

const sides: Readonly<Record<string, string>> = {
  B: 'business',
  P: 'provider',
  X: 'supplier',
  U: 'user',
  A: 'auditor',
};

const section = (title: string, rows: readonly (readonly string[])[]): string =>
  `## ${title}\n\n${table(['Record', 'Makes', 'Edits', 'Moves', 'Decides at', 'Items'], rows)}`;

const isAmong = (who: readonly Who[], role: Who): boolean => who.includes(role);
const yes = (may: boolean): string => (may ? 'yes' : '');

function rowsOf(registry: Registry, role: Who): string[][] {
  return [...registry.records.values()].flatMap(({ definition }) => {
    const { lifecycle, label } = definition;
    const moves = Object.entries(lifecycle.moves).filter(([, move]) => !move.gate && isAmong(move.who, role));
    const row = [
      yes(isAmong(lifecycle.create.who, role)),
      yes(isAmong(lifecycle.edit.who, role)),
      moves.map(([name]) => code(name)).join(', '),
      decidedBy(registry, definition, role).join(', '),
      itemsOf(registry, definition, role).join(', '),
    ];
    return row.some(Boolean) ? [[label, ...row]] : [];
  });
}

function decidedBy({ gates }: Registry, { lifecycle }: RecordDefinition, role: Who): string[] {
  const isHere = ({ code: gate }: Gate) =>
    lifecycle.stands?.[gate] !== undefined || Object.values(lifecycle.moves).some((move) => move.gate === gate);
  return [...gates.values()].filter((gate) => isAmong(gate.roles, role) && isHere(gate)).map((gate) => gate.code);
}

function itemsOf({ checklists }: Registry, { checklist }: RecordDefinition, role: Who): string[] {
  const found = checklists.get(checklist ?? '');
  if (!found) return [];
  const accepts = Object.values(found.acceptors).some((roles) => isAmong(roles, role));
  return [...(isAmong(found.drafters, role) ? ['drafts'] : []), ...(accepts ? ['accepts'] : [])];
}
