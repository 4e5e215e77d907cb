import { RecordPicker } from '../../../core/ui/form/record-picker.tsx';
import { useSearch } from '../../../core/ui/go.tsx';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { Matrix } from './matrix.tsx';
import styles from './matrix.module.css';

/** The twelve cells of everything or of one service. */
export function Screen() {
  const [search, edit] = useSearch();
  const service = search.get('service');
  usePageTitle('Twelve cells');
  return (
    <>
      <div className={styles.head}>
        <h1>Twelve cells</h1>
        <div className={styles.pick}>
          <RecordPicker
            label="Service"
            types={['service']}
            value={service}
            onChange={(id) => edit({ service: id }, { push: true })}
          />
        </div>
      </div>
      <Matrix service={service ?? undefined} />
    </>
  );
}
