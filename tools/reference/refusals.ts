import type { Separation } from '../../core/lifecycle/lifecycle.ts';
import type { Registry } from '../../core/record/define/work.ts';
import type { SourceFile } from '../source.ts';
import { code, note, table } from './markdown.ts';
import { refusalsMade } from './refusal-calls.ts';
import type { MadeRefusal } from './refusal-calls.ts';

export const isProduct = ({ path }: SourceFile): boolean => !/\.test\.tsx?$|^(?:test|tools|examples)\//.test(path);

/** Every refusal by its code: what it says, what it advises, and the file that says so. */
export function refusals(registry: Registry, files: readonly SourceFile[]): string {
  const made = [...refusalsMade(files.filter(isProduct)), ...separations(registry)];
  const byArea = Map.groupBy(made, (each) => each.code.split('.')[0] ?? '');
  const areas = [...byArea.keys()].toSorted();
  const parts = areas.map((area) => {
    const byCode = Map.groupBy(byArea.get(area) ?? [], (each) => each.code);
    const rows = [...byCode.keys()].toSorted().map((each) => rowOf(each, byCode.get(each) ?? []));
    return `## ${area}\n\n${table(['Code', 'Says', 'Advises', 'From'], rows)}`;
  });
  return `${note}# Refusals\n\nEvery expected "no", by its code. \`{…}\` stands for what is known only when it is said; a refusal that can be said in several ways has them all.\n\n${parts.join('\n\n')}\n`;
}

function rowOf(name: string, made: readonly MadeRefusal[]): string[] {
  const all = (texts: (each: MadeRefusal) => string[]) => [...new Set(made.flatMap(texts))].join('<br>');
  return [code(name), all(({ sentences }) => sentences), all(({ hints }) => hints), all(({ path }) => [code(path)])];
}

/** A separation of duties is refused by its published number: the rules stand in gates and moves as data. */
function separations(registry: Registry): MadeRefusal[] {
  const told = (declared: readonly Separation[] | undefined, path: string): MadeRefusal[] =>
    (declared ?? []).map(({ id, sentence }) => ({
      code: `separation.${id.toLowerCase()}`,
      sentences: [sentence],
      hints: [`Someone else must do this (separation of duties ${id}).`],
      path,
    }));
  return [
    ...[...registry.gates.values()].flatMap(({ code: gate, separation }) => told(separation, `gate ${gate}`)),
    ...[...registry.records.values()].flatMap(({ definition: { type, lifecycle } }) => [
      ...Object.entries(lifecycle.moves).flatMap(([move, { separation }]) => told(separation, `${type}: ${move}`)),
      ...Object.values(lifecycle.stands ?? {}).flatMap(({ separation }) => told(separation, type)),
    ]),
  ];
}
