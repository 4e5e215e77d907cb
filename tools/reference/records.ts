import { fieldsOf } from '../../core/record/define/define.ts';
import type { Registry } from '../../core/record/define/work.ts';
import { note, table } from './markdown.ts';

export function records(registry: Registry): string {
  const parts = [...registry.records.values()].map(
    ({ definition }) =>
      `## ${definition.plural} (\`/api/v1/${definition.path}\`)\n\n${table(
        ['Field', 'Label', 'Kind', ''],
        fieldsOf(definition).map(([name, field]) => [
          `\`${name}\``,
          field.label,
          field.kind,
          [
            field.required ? 'required' : '',
            field.derived ? 'derived' : '',
            field.personal ? 'personal' : '',
            field.unhashed ? 'bookkeeping' : '',
          ]
            .filter(Boolean)
            .join(', '),
        ]),
      )}`,
  );
  return `${note}# Records and their fields\n\n${parts.join('\n\n')}\n`;
}
