// Where a first link leads: the first administrator of an installation, or whoever claims a customer's side.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useId, useState } from 'react';
import { reasonsOf, write } from '../api.ts';
import { useFirstWrong } from '../form/focus.ts';
import { usePageTitle } from '../page-title.ts';
import { inOneLine } from '../refusal-words.ts';
import { Reasons } from '../states.tsx';
import styles from './entrance.module.css';
import { Entrance } from './entrance.tsx';

/** The one-time token of the link, from the fragment (never sent to a server by itself) or the query. */
export function tokenOf(address: Pick<Location, 'hash' | 'search'>): string {
  const fragment = address.hash.slice(1);
  if (fragment && !fragment.includes('=')) return fragment;
  return new URLSearchParams(fragment).get('token') ?? new URLSearchParams(address.search).get('token') ?? '';
}

export function Welcome() {
  const [token] = useState(() => tokenOf(location));
  const [person, setPerson] = useState({ name: '', email: '', password: '' });
  usePageTitle('Welcome');
  // The link works once; it should not stay in the history of the browser either.
  useEffect(() => {
    if (token) history.replaceState(history.state, '', '/welcome');
  }, [token]);
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
  if (!token)
    return (
      <Entrance
        title="This link is not complete"
        sentence="Open the whole link that you were given, or ask for a new one: each works once."
      >
        <a href="/sign-in">Sign in instead</a>
      </Entrance>
    );
  return (
    <Entrance
      title="Welcome"
      sentence="This link works once. Say who you are and choose a password; if you had one, it is replaced, and your sessions and keys end. That it was used becomes an entry everyone concerned can see."
    >
      <form
        id={formId}
        className={styles.form}
        onSubmit={(press: SubmitEvent) => {
          press.preventDefault();
          claim.mutate();
        }}
        noValidate
      >
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
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
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
