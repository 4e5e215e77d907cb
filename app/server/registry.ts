// Puts the stages together: record types, gates, roles, checklists, chain, links. Composition only.
import type { StageServer } from '../../core/http/stage.ts';
import { partyRecords } from '../../core/permission/party-server.ts';
import { declareLinks } from '../../core/record/relate.ts';
import type { Registry } from '../../core/record/work.ts';
import { chain } from '../../handover/chain.ts';
import { gates } from '../../handover/gates.ts';
import { links } from '../../handover/links.ts';
import { handOverServer } from '../../handover/server.ts';
import { roles } from '../../handover/roles.ts';
import { stages } from './stages.ts';

export function createRegistry(contributions: readonly StageServer[] = stages): Registry {
  declareLinks(links);
  const records = [
    ...partyRecords(roles),
    ...contributions.flatMap((stage) => stage.records),
    ...handOverServer.records,
  ];
  const policies = contributions.find((stage) => stage.policies)?.policies;
  return {
    records: new Map(records.map((record) => [record.definition.type, record])),
    gates,
    roles,
    chain,
    checklists: new Map(
      contributions.flatMap((stage) => stage.checklists ?? []).map((checklist) => [checklist.name, checklist]),
    ),
    ...(policies ? { policies } : {}),
  };
}
