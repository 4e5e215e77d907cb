import type { Move } from '../../core/lifecycle/lifecycle.ts';
import type { RecordDefinition } from '../../core/record/define/define.ts';
import type { Registry } from '../../core/record/define/work.ts';
import { note, table } from './markdown.ts';

export function lifecycles(registry: Registry): string {
  const parts = [...registry.records.values()].map(({ definition }) => lifecycleOf(definition));
  return `${note}# Lifecycles\n\nEvery record type's states and moves, as server, screens, checks and tests read them.\n\n${parts.join('\n\n')}\n`;
}

function lifecycleOf(definition: RecordDefinition): string {
  const { lifecycle } = definition;
  const states = Object.entries(lifecycle.states).map(([name, state]) => [
    `\`${name}\`${name === lifecycle.initial ? ' (first)' : ''}`,
    state.label,
    [state.editable ? 'editable' : '', state.final ? 'final' : '', state.clocks ? `clocks ${state.clocks}` : '']
      .filter(Boolean)
      .join(', '),
  ]);
  const moves = Object.entries(lifecycle.moves).map(([name, move]) => [
    `\`${name}\``,
    move.from.join(', '),
    move.to === 'same' ? 'stays' : move.to,
    move.gate ? `gate ${move.gate} (${move.on})` : move.who.join(', '),
    [...(move.rules ?? []), ...(move.separation ?? []).map((each) => each.id)].join(', '),
    (move.asks ?? []).join(', '),
    besidesOf(move),
  ]);
  const standing = Object.entries(lifecycle.stands ?? {}).map(
    ([gate, each]) => `Gate ${gate} stands beside it while ${each.in.join(', ')}.`,
  );
  return `## ${definition.label} (\`${definition.type}\`, ${definition.prefix})\n\n${definition.purpose}\n\n${table(['State', 'Label', ''], states)}\n\n${table(['Move', 'From', 'To', 'Who', 'Rules', 'Asks', 'Besides'], moves)}${standing.length ? `\n\n${standing.join(' ')}` : ''}`;
}

/** What a move does beyond leading to its state. */
function besidesOf({ sets = {}, stops, after, back, reason, reasonCodes = {} }: Move): string {
  return [
    ...Object.entries(sets).map(([field, how]) => `sets ${field}: ${how === null ? 'nothing' : String(how)}`),
    ...(stops ? [`stops ${stops.join(', ')}`] : []),
    ...(after ? [`by itself after ${after.days} ${after.counted} days`] : []),
    ...(back ? ['goes back'] : []),
    ...(reason || back ? ['needs a reason'] : []),
    ...(Object.keys(reasonCodes).length ? [`one of ${Object.keys(reasonCodes).join(', ')}`] : []),
  ].join('; ');
}
