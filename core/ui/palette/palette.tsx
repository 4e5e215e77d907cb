// Finds and does everything: records by number or words, lists, new records, the open record's moves, colours.
import { Modal, useMantineColorScheme } from '@mantine/core';
import { type KeyboardEvent, useDeferredValue, useId, useRef, useState } from 'react';
import { useGo } from '../go.tsx';
import { singleKeys, switchSingleKeys } from '../keys.ts';
import { useFound, useMe, useMayImport } from '../queries.ts';
import { usePathOf, useRegistry } from '../registry.ts';
import { StageMark } from '../stage.tsx';
import { useStore } from '../store.ts';
import { useReturnFocus } from '../use-return-focus.ts';
import { type Command, fitting, importPlaces, placesOf } from './commands.ts';
import { openMoves } from './open-record.ts';
import styles from './palette.module.css';
import { paletteText } from './typed-ahead.ts';

const most = 40;

function useCommands(text: string): { commands: Command[]; looking: boolean } {
  const registry = useRegistry();
  const pathOf = usePathOf();
  const me = useMe();
  const { setColorScheme } = useMantineColorScheme();
  const open = useStore(openMoves);
  const single = useStore(singleKeys);
  // The server may answer later than the typing goes on: what it found for other words is not offered for these.
  const asked = useDeferredValue(text);
  const found = useFound(asked);
  const moves = (open?.moves ?? []).map((move) => ({
    id: `move ${move.name}`,
    label: move.label,
    group: `${open?.ref}`,
    run: move.run,
  }));
  const schemes = (['light', 'dark', 'auto'] as const).map((scheme) => ({
    id: `colours ${scheme}`,
    label: `Colours: ${scheme === 'auto' ? 'as the system' : scheme}`,
    group: 'Settings',
    run: () => setColorScheme(scheme),
  }));
  const mayImport = useMayImport();
  const keys = {
    id: 'keys',
    label: single ? 'Switch single keys off' : 'Switch single keys on',
    group: 'Settings',
    run: () => switchSingleKeys(!single),
  };
  const records =
    text.trim() === '' || asked !== text || found.isPlaceholderData
      ? []
      : (found.data?.items ?? []).map((each) => ({
          id: each.id,
          label: each.title,
          group: 'Records',
          hint: each.ref,
          stage: each.stage,
          to: pathOf(each),
        }));
  return {
    commands: [
      ...fitting(moves, text),
      ...records,
      ...fitting(
        [...placesOf(registry, me.data?.creates ?? []), ...(mayImport ? importPlaces : []), ...schemes, keys],
        text,
      ),
    ].slice(0, most),
    looking: found.isFetching,
  };
}

export function Palette({ onClose }: { onClose: () => void }) {
  const typed = useStore(paletteText);
  const [at, setAt] = useState(0);
  const go = useGo();
  useReturnFocus();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const { commands, looking } = useCommands(typed);
  const choose = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    if (command.to) go(command.to);
    else command.run?.();
  };
  const handleKey = (press: KeyboardEvent) => {
    // Enter and arrows belong to what an input method is composing.
    if (press.nativeEvent.isComposing) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[press.key];
    if (step !== undefined) {
      const next = (at + step + commands.length) % Math.max(1, commands.length);
      setAt(next);
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
    } else if (press.key === 'Enter') choose(commands[at]);
    else return;
    press.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      returnFocus={false}
      size={600}
      padding={0}
      yOffset="10vh"
      aria-label="Search or do anything"
    >
      <input
        className={styles.input}
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={commands[at] ? `${listId}-${at}` : undefined}
        aria-label="Search or do anything"
        placeholder="A number, some words, or what to do"
        value={typed}
        onChange={(typing) => {
          paletteText.set(typing.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={handleKey}
        autoComplete="off"
        spellCheck={false}
      />
      <div className={styles.list} id={listId} role="listbox" aria-label="Found" ref={list}>
        {commands.map((command, index) => (
          <div
            key={command.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onPointerMove={() => setAt(index)}
            onClick={() => choose(command)}
          >
            <span className={styles.mark}>{command.stage && <StageMark stage={command.stage} size={13} silent />}</span>
            <span className={styles.label}>{command.label}</span>
            {command.hint && <span className={styles.hint}>{command.hint}</span>}
            <span className={styles.group}>{command.group}</span>
          </div>
        ))}
      </div>
      <p className={styles.foot} role="status">
        {commands.length === 0 ? (
          looking ? (
            'Looking …'
          ) : (
            'Nothing found. Try fewer letters.'
          )
        ) : (
          <>
            <kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> go <kbd>Esc</kbd> close
          </>
        )}
      </p>
    </Modal>
  );
}
