import { asked } from '../../lifecycle/lifecycle.ts';
import { givenFields } from './define.ts';
import type { RecordDefinition } from './define.ts';
import type { Field } from './fields.ts';

/**
 * Fields to be given when a record is begun: those that may be given, without what only a later move asks for, such as how it
 * ended. What a move back asks for stood there before, so it stays.
 */
export function newFields(definition: RecordDefinition): readonly [string, Field][] {
  const { initial, moves } = definition.lifecycle;
  const onward = Object.values(moves).filter(({ back, who }) => !back && who.some((each) => each !== 'system'));
  return givenFields(definition).filter(([name, { required }]) => {
    const asking = onward.filter((move) => asked(move).some(({ field }) => field === name));
    return required || asking.length === 0 || asking.some(({ from }) => from.includes(initial));
  });
}
