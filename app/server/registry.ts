// Puts the modules together: record types, gates, roles, checklists, chain, links. Composition only.
import { watchBasis } from '../../core/decision/basis-watch.ts';
import { judgingOf } from '../../core/decision/judging.ts';
import { decisionsKnown } from '../../core/decision/standing-decisions.ts';
import { togetherKnown } from '../../core/decision/together-store.ts';
import type { Module } from '../../core/http/module.ts';
import { partyRecords } from '../../core/party/party-server.ts';
import type { Judging, Registry, ServerRecord } from '../../core/record/define/work.ts';
import { sharesBeside } from '../../core/share/store.ts';
import { withTraits } from '../../core/trait/switched-on.ts';
import { chain } from '../../handover/chain.ts';
import { gates } from '../../handover/gates.ts';
import { links } from '../../handover/links.ts';
import { handOverModule } from '../../handover/module.ts';
import { roles } from '../../handover/roles.ts';
import { modules } from './modules.ts';

/** Who shares in it is kept beside every record, and how decisions on it are judged. */
const withAll = (record: ServerRecord, judging: Judging): ServerRecord => ({
  ...record,
  judging,
  beside: [...(record.beside ?? []), ...sharesBeside],
});

export function createRegistry(contributing: readonly Module[] = modules): Registry {
  const all: readonly Module[] = [{ records: partyRecords(roles, gates) }, ...contributing, handOverModule];
  const records = all.flatMap((module) => module.records ?? []).map(withTraits);
  const checklists = all.flatMap((module) => module.checklists ?? []);
  const policies = all.find((module) => module.policies)?.policies;
  const breaks = all.find((module) => module.breaks)?.breaks;
  const terms = all.find((module) => module.terms)?.terms;
  const rebound = all.find((module) => module.rebound)?.rebound;
  const judging = judgingOf(records, rebound);
  return {
    records: new Map(records.map((record) => [record.definition.type, withAll(record, judging)])),
    gates,
    roles,
    chain,
    checklists: new Map(checklists.map((checklist) => [checklist.name, checklist])),
    known: { decisions: decisionsKnown, together: togetherKnown },
    watch: watchBasis,
    links: new Map(links.map((link) => [link.type, link])),
    ...(policies ? { policies } : {}),
    ...(breaks ? { breaks } : {}),
    ...(terms ? { terms } : {}),
  };
}
