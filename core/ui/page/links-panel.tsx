import { ActionIcon, Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconLink, IconUnlink } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { reasonsOf, write } from '../api.ts';
import type { LinkView, RecordRead } from '../contract.ts';
import { RecordPicker } from '../form/record-picker.tsx';
import { inWords } from '../format.ts';
import { Go } from '../go.tsx';
import { say } from '../notice.tsx';
import { usePathOf, useRegistry } from '../registry.ts';
import { Reasons } from '../states.tsx';
import { StageMark } from '../stage.tsx';
import { StateWord, ToneWord } from '../tone.tsx';
import styles from './page.module.css';

const standing = { asserted: null, suspect: 'attention', broken: 'bad' } as const;

function LinkRow({ link, onWithdraw }: { link: LinkView; onWithdraw: (() => void) | undefined }) {
  const pathOf = usePathOf();
  const { definitions } = useRegistry();
  const tone = standing[link.state];
  const { other } = link;
  return (
    <li className={styles.link}>
      <StageMark stage={other.stage} size={13} />
      <Go to={pathOf(other)} className={styles.linkWords}><span className="quiet">{other.ref}</span> {other.title}</Go>
      {tone ? <ToneWord tone={tone} word={inWords(link.state)} /> : <StateWord lifecycle={definitions.find((each) => each.type === other.type)?.lifecycle} state={other.state} />}
      {onWithdraw && <ActionIcon size={24} className={styles.pencil} aria-label={`Withdraw the link to ${other.ref}`} onClick={onWithdraw}><IconUnlink size={13} aria-hidden /></ActionIcon>}
    </li>
  );
}

function AddLink({ read, onClose }: { read: RecordRead; onClose: () => void }) {
  const client = useQueryClient();
  const { links } = useRegistry();
  const possible = links.filter(({ from }) => from.includes('*') || from.includes(read.record.type));
  const [type, setType] = useState(possible.at(-1)?.type ?? '');
  const ends = possible.find((each) => each.type === type)?.to ?? [];
  const [to, setTo] = useState<string | null>(null);
  const add = useMutation({
    mutationFn: () => write('POST', '/links', { from: read.record.id, to, type }),
    onSuccess: async () => {
      say('Linked.');
      onClose();
      await client.invalidateQueries();
    },
  });
  const handleSubmit = (press: SubmitEvent) => {
    press.preventDefault();
    add.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Link {read.record.ref}</strong>}>
      <form className={styles.stack} onSubmit={handleSubmit} noValidate>
        <NativeSelect label={`${read.record.ref} …`} data-autofocus data={possible.map((each) => ({ value: each.type, label: each.label }))} value={type} onChange={(choice) => setType(choice.currentTarget.value)} />
        <RecordPicker label="… this record" types={ends.includes('*') ? [] : ends} value={to} onChange={setTo} withAsterisk />
        {add.isError && <Reasons refusals={reasonsOf(add.error)} title="Not linked" />}
        <div className={styles.editingFoot}><Button type="submit" loading={add.isPending} disabled={!to}>Link</Button><Button variant="default" onClick={onClose}>Cancel</Button></div>
      </form>
    </Modal>
  );
}

function WithdrawLink({ link, onClose }: { link: LinkView; onClose: () => void }) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const withdraw = useMutation({
    mutationFn: () => write('POST', `/links/${link.id}/withdraw`, { reason }),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries();
    },
  });
  return (
    <Modal opened onClose={onClose} title={<strong>Withdraw the link to {link.other.ref}</strong>}>
      <form className={styles.stack} onSubmit={(press) => { press.preventDefault(); withdraw.mutate(); }} noValidate>
        <TextInput label="Reason" withAsterisk required data-autofocus value={reason} onChange={(typing) => setReason(typing.currentTarget.value)} />
        {withdraw.isError && <Reasons refusals={reasonsOf(withdraw.error)} title="Not withdrawn" />}
        <div className={styles.editingFoot}><Button type="submit" loading={withdraw.isPending}>Withdraw</Button><Button variant="default" onClick={onClose}>Cancel</Button></div>
      </form>
    </Modal>
  );
}

/** What the record hangs together with, by kind of link. */
export function LinksPanel({ read, editable }: { read: RecordRead; editable: boolean }) {
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<LinkView | null>(null);
  const groups = Map.groupBy(read.links, (link) => inWords(link.label ?? link.type));
  return (
    <section className={styles.panel} aria-labelledby="links">
      <div className={styles.panelHead}><h2 id="links">Links</h2>{editable && <Button variant="subtle" size="compact-sm" leftSection={<IconLink size={13} aria-hidden />} onClick={() => setAdding(true)}>Link</Button>}</div>
      {groups.size === 0 && <p className="quiet small">Not linked to anything yet.</p>}
      {[...groups].map(([name, links]) => (
        <div key={name}>
          <h3 className={styles.linkKind}>{name}</h3>
          <ul>{links.map((link) => <LinkRow key={link.id} link={link} onWithdraw={editable ? () => setLeaving(link) : undefined} />)}</ul>
        </div>
      ))}
      {adding && <AddLink read={read} onClose={() => setAdding(false)} />}
      {leaving && <WithdrawLink link={leaving} onClose={() => setLeaving(null)} />}
    </section>
  );
}
