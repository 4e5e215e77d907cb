import { Button, Popover } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { MoveView } from '../contract.ts';
import { RefusalWords } from '../states.tsx';
import styles from './page.module.css';

/** The moves that cannot be made now, each with why not. */
export function NotNow({ moves, definition }: { moves: readonly MoveView[]; definition: RecordDefinition }) {
  return (
    <Popover position="bottom-end" width={380} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" leftSection={<IconLock size={13} aria-hidden />}>
          {moves.length} not now
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        className={styles.notNow}
        aria-label="Moves that cannot be made now"
        tabIndex={-1}
        data-autofocus
      >
        <ul>
          {moves.map((move) => (
            <li key={move.name}>
              <strong>{move.label}</strong>{' '}
              <span className="quiet small">to {definition.lifecycle.states[move.to]?.label ?? move.to}</span>
              <ul className={styles.why}>
                {move.refusals.map((each, index) => (
                  <li key={`${each.code}${index}`}>
                    <RefusalWords refusal={each} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
