import { Switch } from '@mantine/core';
import { Dialog } from '../dialog.tsx';
import { singleKeys, switchSingleKeys, useBoundKeys } from '../keys.ts';
import { useStore } from '../store.ts';
import styles from './frame.module.css';
import { modName } from './head.tsx';
import { lookup } from '../../names/lookup.ts';

const named: Readonly<Record<string, string>> = lookup({
  mod: modName,
  shift: 'Shift',
  alt: 'Alt',
  ' ': 'Space',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
});

export function KeyCaps({ written }: { written: string }) {
  return written
    .split('+')
    .map((part) => <kbd key={part}>{named[part] ?? (part.length === 1 ? part.toUpperCase() : part)}</kbd>);
}

/** Exactly the keys that this page binds, from the register that binds them. */
export function KeysOverlay({ onClose }: { onClose: () => void }) {
  const bound = useBoundKeys();
  const single = useStore(singleKeys);
  return (
    <Dialog title="Keys of this page" onClose={onClose}>
      <dl className={styles.keys}>
        {bound.map(({ key, label }, index) => (
          <div key={`${key}${index}`} data-key={key}>
            <dt>
              <KeyCaps written={key} />
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <Switch
        mt="md"
        size="sm"
        label="Keys without Ctrl or ⌘"
        checked={single}
        onChange={(press) => switchSingleKeys(press.currentTarget.checked)}
      />
    </Dialog>
  );
}
