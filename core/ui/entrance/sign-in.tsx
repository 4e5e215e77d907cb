import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import type { Refusal } from '../../refusal/refusal.ts';
import { ApiRefusal, reasonsOf, write } from '../api.ts';
import { useSearch } from '../go.tsx';
import { usePageTitle } from '../page-title.ts';
import { Reasons } from '../states.tsx';
import styles from './entrance.module.css';
import { Entrance } from './entrance.tsx';
import { nextAddress } from './next.ts';

// Which of the two is wrong is not told: it would tell a stranger who has an account.
const wrongPassword = {
  code: 'sign-in.wrong',
  sentence: 'E-mail or password is not right.',
  hint: 'Check both, also for capital letters.',
};
const wrongCode = {
  code: 'sign-in.code',
  sentence: 'That code is not right, or no longer.',
  hint: 'Type the one your authenticator shows now.',
};

/** A credential that does not hold, in words; anything else as the server said it. */
function whyNot(error: unknown, wrong: Refusal): Refusal[] {
  return error instanceof ApiRefusal && [400, 401].includes(error.status) ? [wrong] : reasonsOf(error);
}

const wrongRecoveryCode = {
  code: 'sign-in.recovery-code',
  sentence: 'That is none of your recovery codes, or it was used.',
  hint: 'Each works once; type the next one as it stands, with its hyphen.',
};

/** A code of the authenticator, or one of those that were kept for the day on which it is lost. */
const ways = {
  authenticator: {
    path: '/auth/two-factor/verify-totp',
    wrong: wrongCode,
    field: { label: 'Code of your authenticator', inputMode: 'numeric', autoComplete: 'one-time-code' },
    other: 'Use a recovery code instead',
  },
  recovery: {
    path: '/auth/two-factor/verify-backup-code',
    wrong: wrongRecoveryCode,
    field: { label: 'Recovery code', inputMode: 'text', autoComplete: 'off' },
    other: 'Use the authenticator instead',
  },
} as const;

function CodeForm({ onDone }: { onDone: () => void }) {
  const [isLost, setLost] = useState(false);
  const [code, setCode] = useState('');
  const { path, wrong, field, other } = isLost ? ways.recovery : ways.authenticator;
  const verify = useMutation({
    mutationFn: () => write('POST', path, { code: code.replaceAll(/\s/g, '') }),
    onSuccess: onDone,
  });
  const handleOther = () => {
    setLost(!isLost);
    setCode('');
    verify.reset();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(press: SubmitEvent) => {
        press.preventDefault();
        verify.mutate();
      }}
      noValidate
    >
      <TextInput
        key={path}
        {...field}
        name="code"
        autoFocus
        value={code}
        onChange={(typing) => setCode(typing.currentTarget.value)}
      />
      {verify.isError && <Reasons refusals={whyNot(verify.error, wrong)} title="Not signed in" />}
      <Button type="submit" size="sm" loading={verify.isPending}>
        Verify
      </Button>
      <Button variant="subtle" size="sm" onClick={handleOther}>
        {other}
      </Button>
      <p className="quiet small">
        Neither of them? The administrator of your own side gives you a new link: it sets a new password and switches
        the second factor off.
      </p>
    </form>
  );
}

export function SignIn() {
  const [search] = useSearch();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  usePageTitle('Sign in');
  const arrive = () => location.assign(nextAddress(search.get('next'), location.origin));
  const signIn = useMutation({
    mutationFn: () => write<{ twoFactorRedirect?: boolean }>('POST', '/auth/sign-in/email', { email, password }),
    onSuccess: (reply) => !reply.twoFactorRedirect && arrive(),
  });
  if (signIn.data?.twoFactorRedirect)
    return (
      <Entrance title="One more step" sentence="Your account asks for a second factor.">
        <CodeForm onDone={arrive} />
      </Entrance>
    );
  return (
    <Entrance title="Sign in" sentence="Servicewright keeps what the business asked for, decided and got.">
      <form
        className={styles.form}
        onSubmit={(press: SubmitEvent) => {
          press.preventDefault();
          signIn.mutate();
        }}
        noValidate
      >
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={(typing) => setEmail(typing.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(typing) => setPassword(typing.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        />
        {signIn.isError && <Reasons refusals={whyNot(signIn.error, wrongPassword)} title="Not signed in" />}
        <Button type="submit" size="sm" loading={signIn.isPending}>
          Sign in
        </Button>
      </form>
      <p className="quiet small">
        No account yet, or the password forgotten? The administrator of your own side gives you a link.
      </p>
    </Entrance>
  );
}
