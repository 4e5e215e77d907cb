// Which customers share in a record: what is asked, and what one may do about it.
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Names, RecordRead, ShareView } from '../contract.ts';
import { nameIn } from '../named.ts';
import { useAnswer } from '../queries.ts';
import { useContributedPanels } from '../registry.ts';
import { LoadedPanel } from './loaded-panel.tsx';
import type { Shares } from '../contract.ts';
import { When } from '../when.tsx';
import styles from './sharing.module.css';

type Shared = RecordRead['record'];

const AskShare = lazy(() => import('./share-dialogs.tsx').then((module) => ({ default: module.AskShare })));
const AnswerShare = lazy(() => import('./share-dialogs.tsx').then((module) => ({ default: module.AnswerShare })));

const useShares = (record: Shared) =>
  useAnswer<Shares>(['shares', record.id, record.customers.length], `/records/${record.id}/shares`);

type Doing = { share: ShareView; how: 'consent' | 'decline' | 'withdraw' };

/** What is asked and waits: whose consent is missing, and the answer where it is one's own to give. */
export function ShareBanner({ record }: { record: Shared }) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const { data } = useShares(record);
  const open = data?.items.filter(({ state }) => state === 'asked') ?? [];
  if (!data || !open.length) return null;
  return (
    <>
      {open.map((share) => (
        <section key={share.id} className={styles.banner} aria-label="Waits for consent">
          <p>
            <strong>{nameIn(data.names, share.askedBy)}</strong>{' '}
            {share.kind === 'join' ? 'asks to share this with ' : 'asks to let go of this '}
            <strong>{share.customerName}</strong>, <When at={share.askedAt} />: {share.reason}
          </p>
          <p className="quiet small">
            {share.mine
              ? share.kind === 'join'
                ? 'It happens when every customer on it consents. They will see it from then on, and nothing of what was before.'
                : 'You will not see it any more.'
              : `Waits for the consent of ${waitsFor(share, data.names)}.`}
          </p>
          <div className={styles.acts}>
            {share.mine && (
              <Button size="compact-sm" onClick={() => setDoing({ share, how: 'consent' })}>
                Consent
              </Button>
            )}
            {share.mayDecline && (
              <Button size="compact-sm" variant="default" onClick={() => setDoing({ share, how: 'decline' })}>
                Decline
              </Button>
            )}
            {data.mayAsk.allowed && (
              <Button size="compact-sm" variant="default" onClick={() => setDoing({ share, how: 'withdraw' })}>
                Take it back
              </Button>
            )}
          </div>
        </section>
      ))}
      {doing && (
        <Suspense fallback={null}>
          <AnswerShare {...doing} refOf={record.ref} onClose={() => setDoing(null)} />
        </Suspense>
      )}
    </>
  );
}

const waitsFor = ({ waitsFor: ids }: ShareView, names: Names): string =>
  ids.map((id) => nameIn(names, id)).join(' and ') || 'others who share in it';

/** Beside the customers: to ask that a further one comes on, or that one goes. */
export function ShareActs({ read }: { read: RecordRead }) {
  const { record, names } = read;
  const panels = useContributedPanels(record.type).filter(({ ofCustomers }) => ofCustomers);
  const [asking, setAsking] = useState<'join' | 'leave' | null>(null);
  const { data } = useShares(record);
  if (!data?.mayAsk.allowed) return null;
  return (
    <div className={styles.acts}>
      <Button size="compact-xs" variant="subtle" onClick={() => setAsking('join')}>
        Share with…
      </Button>
      {record.customers.length > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAsking('leave')}>
          Let go…
        </Button>
      )}
      {panels.map((panel) => (
        <LoadedPanel key={panel.title} panel={panel} read={read} asOf={undefined} />
      ))}
      {asking && (
        <Suspense fallback={null}>
          <AskShare record={record} names={names} kind={asking} onClose={() => setAsking(null)} />
        </Suspense>
      )}
    </div>
  );
}
