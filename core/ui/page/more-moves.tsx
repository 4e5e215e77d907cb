import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { MoveView } from '../contract.ts';

/** Moves for which there is no button. */
export function MoreMoves({ moves, onStart }: { moves: readonly MoveView[]; onStart: (move: MoveView) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={13} aria-hidden />}>
          More
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {moves.map((move) => (
          <Menu.Item key={move.name} onClick={() => onStart(move)}>
            {move.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
