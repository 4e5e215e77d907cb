// What the running screens know: record definitions, and what modules add to the standard screens.
import { type ComponentType, createContext, useContext } from 'react';
import type { RecordDefinition, StageName } from '../record/define/define.ts';
import type { Side } from '../permission/principal.ts';
import type { LinkType } from '../record/define/link.ts';
import type { Header, RecordRead } from './contract.ts';

/** A screen of a module's own, loaded when it is first opened. */
export interface Screen {
  path: string;
  load: () => Promise<{ Screen: ComponentType }>;
}

/** What a panel of a module's own is given on a standard page. */
export interface PanelProps {
  read: RecordRead;
  asOf: string | undefined;
}
export interface Panel {
  title: string;
  /** Stands before the fields: what one comes to the page for. */
  first?: true;
  /** Stands beside the customers, without a heading: an act about whose it is. */
  ofCustomers?: true;
  load: () => Promise<{ Panel: ComponentType<PanelProps> }>;
}

/** Words that go with a move. */
export interface Said {
  audience: 'public' | 'internal';
  text: string;
}
export interface SaidProps {
  read: RecordRead;
  said: Said;
  error: string | undefined;
  onSay: (next: Said) => void;
}
/** How words are said together with a move, as one act of a record type that keeps them. */
export interface MoveWords {
  /** Where they are typed in a move's dialog; loaded when somebody wants to. */
  load: () => Promise<{ Input: ComponentType<SaidProps> }>;
  /** What a refusal of the call names: the words, and before each field of the move. */
  named: { words: readonly string[]; before: string };
  /** The call that says and moves in one, below the record's own address. */
  call: (said: Said, move: { name: string; input: object }) => { path: string; body: object };
}

/** What a module shows (`module.web.ts`). */
export interface WebModule {
  records?: readonly RecordDefinition[];
  /** Words of checklists by name, loaded where one is read. */
  checklists?: Checklists;
  screens?: readonly Screen[];
  /** Entries of the navigation below those of the stage's record types. */
  entries?: readonly Entry[];
  /** Panels on the standard page, by record type. */
  panels?: Readonly<Record<string, readonly Panel[]>>;
}

export interface Entry {
  label: string;
  to: string;
}

/** A stage's modules in the order of the work (`stage.web.ts`). */
export interface WebStage {
  stage: StageName;
  modules: readonly WebModule[];
}

export type Checklists = Readonly<Record<string, () => Promise<ChecklistWords>>>;

/** A checklist's items in words; what of them is filled comes with the record. */
export interface ChecklistWords {
  name: string;
  /** Every item must be accepted by its consumer; otherwise drafting it is enough. */
  acceptance: boolean;
  items: readonly { id: string; title: string; check?: string; consumers: readonly string[] }[];
}

export interface Registry {
  definitions: readonly RecordDefinition[];
  screens: readonly Screen[];
  /** Entries of the navigation beside the lists. */
  entries: readonly (Entry & { stage: StageName })[];
  /** Panels on the standard page, by record type. */
  panels: Readonly<Record<string, readonly Panel[]>>;
  /** What may be said with a move, by record type. */
  moveWords: Readonly<Record<string, MoveWords>>;
  /** Labels of role codes. */
  roles: Readonly<Record<string, string>>;
  /** Whose side each role is on. */
  roleSides: Readonly<Record<string, Side>>;
  /** Labels of gates by their code. */
  gates: Readonly<Record<string, string>>;
  links: readonly LinkType[];
  checklists: Checklists;
}

export const RegistryContext = createContext<Registry>({
  definitions: [],
  screens: [],
  entries: [],
  panels: {},
  moveWords: {},
  roles: {},
  roleSides: {},
  gates: {},
  links: [],
  checklists: {},
});

export function useRegistry(): Registry {
  return useContext(RegistryContext);
}

/** The stage a gate leads out of: that of the record whose lifecycle it guards. */
export function stageOfGate({ definitions }: Registry, gate: string): StageName | null {
  return (
    definitions.find((each) => Object.values(each.lifecycle.moves).some((move) => move.gate === gate))?.stage ?? null
  );
}

/** A role's label in the middle of a sentence. */
export function useRoleWords(): (code: string) => string {
  const { roles } = useRegistry();
  return (code) => {
    const label = roles[code] ?? code;
    return label.charAt(0).toLowerCase() + label.slice(1);
  };
}

export function useDefinition(type: string | undefined): RecordDefinition | undefined {
  return useRegistry().definitions.find((each) => each.type === type);
}

/** The page of a record: /business-requirements/BR-12. */
export function usePathOf(): (header: Pick<Header, 'type' | 'ref' | 'id'>) => string {
  const { definitions } = useRegistry();
  return (header) =>
    `/${definitions.find((each) => each.type === header.type)?.path ?? 'records'}/${header.ref || header.id}`;
}

/** Definitions of a stage that a person lists and opens, in declared order. */
export function definitionsOf(registry: Registry, stage: StageName): RecordDefinition[] {
  return registry.definitions.filter((each) => each.stage === stage);
}

/** Panels that modules add to the page of a record type. */
export function useContributedPanels(type: string): Panel[] {
  return [...(useRegistry().panels[type] ?? [])];
}
