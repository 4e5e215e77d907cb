import { Button, CloseButton, FileButton } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useRef } from 'react';
import { formatBytes } from '../format.ts';
import styles from './files.module.css';

interface FileChoiceProps {
  chosen: File | null;
  onChoose: (file: File | null) => void;
  disabled?: boolean;
}

/** One file that goes with what is stated. It is sent when that is. */
export function FileChoice({ chosen, onChoose, disabled = false }: FileChoiceProps) {
  const reset = useRef<() => void>(null);
  const handleClear = () => {
    reset.current?.();
    onChoose(null);
  };
  return (
    <div className={styles.choice}>
      <FileButton onChange={onChoose} resetRef={reset} disabled={disabled}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            size="compact-sm"
            leftSection={<IconPaperclip size={14} aria-hidden />}
            disabled={disabled}
          >
            {chosen ? 'Another file' : 'Add a file'}
          </Button>
        )}
      </FileButton>
      {chosen && (
        <span className={styles.chosen}>
          {chosen.name} <span className="quiet small">{formatBytes(chosen.size)}</span>
          <CloseButton size="sm" aria-label={`Leave ${chosen.name} out`} onClick={handleClear} disabled={disabled} />
        </span>
      )}
    </div>
  );
}
