// Which fields a source can fill, and by what. Pure: the screen on which a mapping is made asks it too.
import type { RecordDefinition } from '../record/define/define.ts';
import { clockFields } from '../record/define/fields.ts';
import type { Field } from '../record/define/fields.ts';
import type { ColumnRule } from './mapping.ts';
import { lookup } from '../names/lookup.ts';

type As = ColumnRule['as'];

/** What a field of each kind may be filled by. */
export const fills: Readonly<Partial<Record<Field['kind'], readonly As[]>>> = lookup({
  text: ['text'],
  longText: ['text'],
  choice: ['text'],
  integer: ['integer'],
  decimal: ['decimal', 'integer'],
  boolean: ['boolean'],
  date: ['date'],
  instant: ['instant'],
  person: ['customer_person', 'provider_person'],
  team: ['team'],
  reference: ['component'],
});

/** What clocks keep of a record is worked out here. */
export const isCounted = ({ traits }: RecordDefinition, name: string): boolean =>
  traits?.clocks !== undefined && Object.hasOwn(clockFields, name);

/** What a field may be filled by; undefined where no column can fill it. */
export const waysToFill = (field: Field): readonly As[] | undefined =>
  field.kind === 'reference' && !field.types.some((type) => type === 'component') ? undefined : fills[field.kind];

/** Whether rows become records of this type: some are only named by what is imported. */
export const isImportable = ({ traits }: RecordDefinition): boolean =>
  traits?.source !== undefined && traits.source.namedIn === undefined;
