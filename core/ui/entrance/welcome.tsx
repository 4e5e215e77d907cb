// Where a first link leads: the first administrator of an installation, or whoever claims a customer's side.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useId, useState } from 'react';
import { reasonsOf, write } from '../api.ts';
import { useFirstWrong } from '../form/focus.ts';
import { usePageTitle } from '../page-title.ts';
import { inOneLine } from '../refusal-words.ts';
import { Reasons, Waiting } from '../states.tsx';
import styles from './entrance.module.css';
import { Entrance } from './entrance.tsx';

/** The one-time token of the link, from the fragment (never sent to a server by itself) or the query. */
export function tokenOf(address: Pick<Location, 'hash' | 'search'>): string {
  const fragment = address.hash.slice(1);
  if (fragment && !fragment.includes('=')) return fragment;
  return new URLSearchParams(fragment).get('token') ?? new URLSearchParams(address.search).get('token') ?? '';
}

/** What a link is for, as the server tells whoever holds it. */
interface Link {
  kind: 'administrator' | 'customer' | 'person';
  name: string | null;
  email: string | null;
  organisation: string | null;
  provider: string;
  renews: boolean;
}

function sentenceOf({ kind, organisation, provider, renews }: Link): string {
  if (kind === 'administrator')
    return 'With this link you administer the installation. It works once; that it was used stands in the history.';
  if (kind === 'customer')
    return `With this link you claim ${organisation} at ${provider}, and administer its people and their rights. It works once. That you came stands in the history that everyone concerned sees; a second person of ${organisation} confirms it afterwards.`;
  const at = organisation ? `${organisation} at ${provider}` : provider;
  return renews
    ? `Of ${at}. Choose a new password: the old one, the second factor, all sessions and keys end.`
    : `Of ${at}. Choose the password that you sign in with. This link works once.`;
}

function NoLink({ title, sentence }: { title: string; sentence: string }) {
  return (
    <Entrance title={title} sentence={sentence}>
      <a href="/sign-in">Sign in instead</a>
    </Entrance>
  );
}

export function Welcome() {
  const [token] = useState(() => tokenOf(location));
  usePageTitle('Welcome');
  // The link works once; it should not stay in the history of the browser either.
  useEffect(() => {
    if (token) history.replaceState(history.state, '', '/welcome');
  }, [token]);
  const link = useQuery({
    queryKey: ['welcome'],
    queryFn: () => write<Link>('POST', '/welcome/link', { token }),
    enabled: token !== '',
    retry: false,
  });
  if (!token)
    return (
      <NoLink
        title="This link is not complete"
        sentence="Open the whole link that you were given, or ask for a new one: each works once."
      />
    );
  if (link.isError)
    return (
      <NoLink
        title="This link cannot be used"
        sentence={reasonsOf(link.error)
          .map(({ sentence, hint }) => `${sentence} ${hint}`)
          .join(' ')}
      />
    );
  if (link.isPending)
    return (
      <Entrance title="Welcome" sentence="The link is looked up.">
        <Waiting lines={3} />
      </Entrance>
    );
  return <Taking token={token} link={link.data} />;
}

/** Who comes by a link says what is not known of them yet, and chooses a password. */
function Taking({ token, link }: { token: string; link: Link }) {
  const [person, setPerson] = useState({ name: link.name ?? '', email: link.email ?? '', password: '' });
  const claim = useMutation({
    mutationFn: async () => {
      await write('POST', '/welcome', { token, ...person });
      await write('POST', '/auth/sign-in/email', { email: person.email, password: person.password });
    },
    onSuccess: () => location.assign('/'),
  });
  const reasons = claim.isError ? reasonsOf(claim.error) : [];
  const said = (field: keyof typeof person) => {
    const refused = reasons.find((each) => each.field === field);
    return refused && inOneLine(refused);
  };
  // What is about no input, such as a link that was used, is said by the button; nothing that was refused stays unsaid.
  const others = reasons.filter(({ field }) => !field || !Object.hasOwn(person, field));
  const formId = useId();
  useFirstWrong(formId, null, claim.error);
  const set = (patch: Partial<typeof person>) => setPerson((before) => ({ ...before, ...patch }));
  return (
    <Entrance title={link.name ? `Welcome, ${link.name}` : 'Welcome'} sentence={sentenceOf(link)}>
      <form
        id={formId}
        className={styles.form}
        onSubmit={(press: SubmitEvent) => {
          press.preventDefault();
          claim.mutate();
        }}
        noValidate
      >
        {link.name === null && (
          <TextInput
            label="Name"
            name="name"
            autoComplete="name"
            autoFocus
            withAsterisk
            required
            value={person.name}
            error={said('name')}
            onChange={(typing) => set({ name: typing.currentTarget.value })}
          />
        )}
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          autoFocus={link.name !== null && !link.email}
          withAsterisk
          required
          value={person.email}
          error={said('email')}
          onChange={(typing) => set({ email: typing.currentTarget.value })}
        />
        <PasswordInput
          label="Password"
          name="password"
          description="Twelve characters or more."
          autoComplete="new-password"
          autoFocus={link.name !== null && link.email !== null}
          withAsterisk
          required
          value={person.password}
          error={said('password')}
          onChange={(typing) => set({ password: typing.currentTarget.value })}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        />
        {others.length > 0 && <Reasons refusals={others} title="Not done" />}
        <Button type="submit" size="sm" loading={claim.isPending}>
          Begin
        </Button>
      </form>
    </Entrance>
  );
}
