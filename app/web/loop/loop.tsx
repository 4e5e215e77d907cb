// The loop: five stages as one ring, every service a token on it, gates as posts with what waits; the same as a table one key away.
import { Button } from '@mantine/core';
import { IconChartDots3, IconTable } from '@tabler/icons-react';
import { useGo, useSearch } from '../../../core/ui/go.tsx';
import { useKeys } from '../../../core/ui/keys.ts';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { useAnswer } from '../../../core/ui/queries.ts';
import { type Registry, stageOfGate, useRegistry } from '../../../core/ui/registry.ts';
import { EmptyPlace, RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import type { LoopView } from './layout.ts';
import styles from './loop.module.css';
import { LoopPicture } from './loop-picture.tsx';
import { LoopTable } from './loop-table.tsx';

/** Gates with their words and the stage they stand behind. */
function withPlaces(loop: LoopView, registry: Registry): LoopView {
  return {
    ...loop,
    gates: loop.gates.map((each) => ({
      ...each,
      label: registry.gates[each.gate] ?? '',
      stage: stageOfGate(registry, each.gate),
    })),
  };
}

export function Loop() {
  const registry = useRegistry();
  const loop = useAnswer<LoopView>(['loop'], '/loop', { live: true });
  const [search, edit] = useSearch();
  const go = useGo();
  const table = search.get('view') === 'table';
  const toggle = () => edit({ view: table ? null : 'table' });
  useKeys([{ key: 't', label: table ? 'Show as a picture' : 'Show as a table', run: toggle }]);
  usePageTitle('The loop');
  const quiet = loop.data?.stages.every((each) => each.count === 0);
  return (
    <>
      <div className={styles.head}>
        <h1>The loop</h1>
        <Button
          variant="default"
          leftSection={table ? <IconChartDots3 size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
          rightSection={<kbd>T</kbd>}
          onClick={toggle}
        >
          {table ? 'As a picture' : 'As a table'}
        </Button>
      </div>
      {loop.isPending && <Waiting />}
      {loop.isError && <RefusedPlace error={loop.error} again={() => loop.refetch()} />}
      {quiet && (
        <EmptyPlace sentence="Here every service goes round from what was asked to what was learned. None is on its way yet.">
          <Button onClick={() => go('/stages')}>All lists</Button>
        </EmptyPlace>
      )}
      {loop.data &&
        !quiet &&
        (table ? (
          <LoopTable loop={withPlaces(loop.data, registry)} />
        ) : (
          <LoopPicture loop={withPlaces(loop.data, registry)} />
        ))}
    </>
  );
}
