import { ActionIcon, Button } from '@mantine/core';
import { IconLink, IconUnlink } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import type { LinkView, RecordRead } from '../contract.ts';
import { inWords } from '../format.ts';
import { Go } from '../go.tsx';
import { usePathOf, useRegistry } from '../registry.ts';
import { StageMark } from '../stage.tsx';
import { StateWord, ToneWord } from '../tone.tsx';
import { useKeepFocus } from '../use-keep-focus.ts';
import styles from './page.module.css';
import { lookup } from '../../names/lookup.ts';

const standing = lookup({ asserted: null, suspect: 'attention' } as const);

function LinkRow({ link, onWithdraw }: { link: LinkView; onWithdraw: (() => void) | undefined }) {
  const pathOf = usePathOf();
  const { definitions } = useRegistry();
  const tone = standing[link.state];
  const { other } = link;
  return (
    <li className={styles.link}>
      <StageMark stage={other.stage} size={13} />
      <Go to={pathOf(other)} className={styles.linkWords}>
        <span className="quiet">{other.ref}</span> {other.title}
      </Go>
      {tone ? (
        <ToneWord tone={tone} word={inWords(link.state)} />
      ) : (
        <StateWord lifecycle={definitions.find((each) => each.type === other.type)?.lifecycle} state={other.state} />
      )}
      {onWithdraw && (
        <ActionIcon
          size={24}
          className={styles.pencil}
          aria-label={`Withdraw the link to ${other.ref}`}
          onClick={onWithdraw}
        >
          <IconUnlink size={13} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}

const AddLink = lazy(() => import('./link-dialogs.tsx').then((module) => ({ default: module.AddLink })));
const WithdrawLink = lazy(() => import('./link-dialogs.tsx').then((module) => ({ default: module.WithdrawLink })));

/** What the record hangs together with, by kind of link. */
export function LinksPanel({ read, editable }: { read: RecordRead; editable: boolean }) {
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<LinkView | null>(null);
  const place = useRef<HTMLElement>(null);
  useKeepFocus(place);
  const { links: kinds } = useRegistry();
  // What comes with a move goes with one: no hand parts it.
  const isKept = ({ type }: LinkView) => kinds.find((each) => each.type === type)?.kept === true;
  const groups = Map.groupBy(read.links, (link) => inWords(link.label ?? link.type));
  return (
    <section ref={place} tabIndex={-1} className={styles.panel} aria-labelledby="links">
      <div className={styles.panelHead}>
        <h2 id="links">Links</h2>
        {editable && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconLink size={13} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            Link
          </Button>
        )}
      </div>
      {groups.size === 0 && <p className="quiet small">Not linked to anything yet.</p>}
      {[...groups].map(([name, links]) => (
        <div key={name}>
          <h3 className={styles.linkKind}>{name}</h3>
          <ul>
            {links.map((link) => (
              <LinkRow
                key={link.id}
                link={link}
                onWithdraw={editable && !isKept(link) ? () => setLeaving(link) : undefined}
              />
            ))}
          </ul>
        </div>
      ))}
      <Suspense>
        {adding && <AddLink read={read} onClose={() => setAdding(false)} />}
        {leaving && <WithdrawLink link={leaving} onClose={() => setLeaving(null)} />}
      </Suspense>
    </section>
  );
}
