import type { FileShown } from '../../../ui/files/record-files.ts';
import { WordsDialog } from '../../../ui/words-dialog.tsx';
import type { Given } from './use-uploads.ts';

/** Takes a file's bytes away for good, with the reason. */
export function RemoveDialog({ file, path, id, onClose }: Given & { file: FileShown; onClose: () => void }) {
  const name = file.name ?? 'this file';
  return (
    <WordsDialog
      title={`Remove ${name}`}
      draft={`remove-file.${file.id}`}
      asks={{ label: 'Why', name: 'reason' }}
      path={`${path}/${file.id}/removal`}
      send={{ label: 'Remove for good', isGrave: true }}
      done={`${name} is removed.`}
      refused="Not removed"
      alters={['files', id]}
      onClose={onClose}
    >
      <p className="quiet">What it holds is gone for good. The history keeps its name, size and hash.</p>
    </WordsDialog>
  );
}
