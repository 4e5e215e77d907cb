// Problems and known errors name states of records of other stages, by which they tell what was carried out: they must exist there.
import { expect, it } from 'vitest';
import { createRegistry } from '../../app/server/registry.ts';
import { authorised } from '../known-error/rules.ts';
import { givenUp, successful } from './rules.ts';

const { records } = createRegistry();
const statesOf = (type: string) => Object.keys(records.get(type)?.definition.lifecycle.states ?? {});

it('what carries a fix out is read by states that changes and improvements have', () => {
  const known = [...statesOf('change'), ...statesOf('improvement')];
  expect([...successful, ...givenUp].filter((state) => !known.includes(state))).toEqual([]);
  expect(authorised.filter((state) => !statesOf('change').includes(state))).toEqual([]);
});
