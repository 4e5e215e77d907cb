import { PasswordInput } from '@mantine/core';
import type { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { reasonsOf } from '../../../core/ui/api.ts';

interface OwnPassword {
  password: string;
  onPassword: (password: string) => void;
}

/** One's own password, asked for where the server wants it: whoever sits at a forgotten screen does not know it. */
export function OwnPasswordInput({ password, onPassword }: OwnPassword) {
  return (
    <PasswordInput
      label="Your password"
      name="password"
      autoComplete="current-password"
      withAsterisk
      data-autofocus
      autoFocus
      value={password}
      onChange={(typing) => onPassword(typing.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
    />
  );
}

/** What is typed of it, what a call sends of it, and whether the last answer asked for it. */
export function useOwnPassword() {
  const [password, onPassword] = useState('');
  return {
    password,
    onPassword,
    given: password ? { password } : {},
    isAsked: ({ isError, error }: Pick<ReturnType<typeof useMutation>, 'isError' | 'error'>) =>
      password !== '' || (isError && reasonsOf(error).some(({ code }) => code === 'sign-in.fresh')),
  };
}
