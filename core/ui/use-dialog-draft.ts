import { drafts } from './drafts.ts';
import { say } from './notice.tsx';
import { useDraft } from './use-draft.ts';

/** What is typed in a dialog: leaving it keeps a draft, Cancel discards it with a way back, `done` ends it. */
export function useDialogDraft<T>(name: string, initial: T, onClose: () => void) {
  const [typed, setTyped, { clear, restored }] = useDraft(name, initial);
  const done = () => {
    clear();
    onClose();
  };
  const cancel = () => {
    if (drafts.read(name) !== undefined) say('What you typed is discarded.', () => drafts.keep(name, typed));
    done();
  };
  return { typed, setTyped, restored, clear, done, cancel };
}
