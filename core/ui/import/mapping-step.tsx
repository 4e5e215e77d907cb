// How the file is read: guessed first, then set right by hand; kept as a file, or taken from one.
import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import { Reasons } from '../states.tsx';
import { ColumnsTable } from './columns-table.tsx';
import type { LookedColumn, Mapping } from './contract.ts';
import { Essentials } from './essentials.tsx';
import { StatesTable } from './states-table.tsx';
import { mappingIn } from './wanted.ts';
import styles from './import.module.css';

interface MappingStepProps {
  definition: RecordDefinition;
  columns: readonly LookedColumn[];
  mapping: Mapping;
  onEdit: (patch: Partial<Mapping>) => void;
  onGuess: () => void;
}

const noMappingFile = {
  code: 'import.mapping-file',
  sentence: 'This file holds no mapping.',
  hint: 'Choose one that was saved here, or one that the command line takes.',
};

function save(mapping: Mapping): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(mapping, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${mapping.source || 'mapping'}.mapping.json`;
  link.click();
  URL.revokeObjectURL(url);
}

function KeepingIt({ mapping, onEdit, onGuess }: Pick<MappingStepProps, 'mapping' | 'onEdit' | 'onGuess'>) {
  const [isWrong, setWrong] = useState(false);
  const load = async (file: File | null) => {
    const found = file && mappingIn(await file.text());
    setWrong(file !== null && !found);
    if (found) onEdit({ order: undefined, by: undefined, delimiter: undefined, encoding: undefined, ...found });
  };
  return (
    <>
      <div className={styles.actions}>
        <Button variant="default" size="compact-sm" onClick={() => save(mapping)}>
          Save the mapping as a file
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => void load(file)}>
          {(props) => (
            <Button {...props} variant="default" size="compact-sm">
              Take one from a file
            </Button>
          )}
        </FileButton>
        <Button variant="subtle" size="compact-sm" onClick={onGuess}>
          Guess anew
        </Button>
      </div>
      {isWrong && <Reasons refusals={[noMappingFile]} title="Not taken over" />}
    </>
  );
}

export function MappingStep({ definition, columns, mapping, onEdit, onGuess }: MappingStepProps) {
  return (
    <section aria-labelledby="mapping" className={styles.section}>
      <div className={styles.head}>
        <h2 id="mapping">How it is read</h2>
        <KeepingIt mapping={mapping} onEdit={onEdit} onGuess={onGuess} />
      </div>
      <Essentials columns={columns} mapping={mapping} onEdit={onEdit} />
      {mapping.state.column !== '' && (
        <>
          <h3>Words for the state</h3>
          <StatesTable definition={definition} columns={columns} mapping={mapping} onEdit={onEdit} />
        </>
      )}
      <h3>Columns</h3>
      <ColumnsTable definition={definition} columns={columns} mapping={mapping} onEdit={onEdit} />
    </section>
  );
}
