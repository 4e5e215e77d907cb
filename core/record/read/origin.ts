// From which record of some type another one came, along the fields that say what it is made from: as SQL.
import { snakeCase } from '../define/define.ts';
import type { RecordDefinition } from '../define/define.ts';
import type { Registry } from '../define/work.ts';

type Records = Pick<Registry, 'records'>;

/** Of `core.record` under an alias: the id of the record of that type that it is or came from; null where there is none. */
export function originOf({ records }: Records, type: string, alias: string): string {
  const ways = [...records.values()].flatMap(({ definition }) => {
    const way = wayTo({ records }, type, definition, { provider: `${alias}.provider_id`, id: `${alias}.id` });
    return way === null ? [] : [`when '${definition.type}' then ${way}`];
  });
  return ways.length ? `(case ${alias}.type ${ways.join(' ')} end)` : 'null::uuid';
}

interface Of {
  provider: string;
  id: string;
}

/** From a record of one type to the one of another; null where nothing leads there. */
function wayTo(
  { records }: Records,
  type: string,
  definition: RecordDefinition,
  { provider, id }: Of,
  passed: readonly string[] = [],
): string | null {
  if (definition.type === type) return id;
  if (passed.includes(definition.type)) return null;
  const further = [...passed, definition.type];
  const ways = [definition.inherits ?? []].flat().flatMap((name) => {
    const field = definition.fields[name];
    if (field?.kind !== 'reference') return [];
    const own = `o${further.length}`;
    return field.types.flatMap((each) => {
      const next = records.get(each)?.definition;
      const way = next && wayTo({ records }, type, next, { provider, id: `${own}.${snakeCase(name)}` }, further);
      return way
        ? [
            `(select ${way} from ${definition.table} ${own} where ${own}.provider_id = ${provider} and ${own}.id = ${id})`,
          ]
        : [];
    });
  });
  if (!ways.length) return null;
  return ways.length > 1 ? `coalesce(${ways.join(', ')})` : (ways[0] ?? null);
}
