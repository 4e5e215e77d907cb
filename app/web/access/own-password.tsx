import { PasswordInput } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import type { Refusal } from '../../../core/refusal/refusal.ts';
import { reasonsOf } from '../../../core/ui/api.ts';

/** What a call sends of one's own password. */
export interface GivenPassword {
  password?: string;
}

/** How the last try went, and what it gave. */
type Tried = Pick<UseMutationResult<unknown, unknown, GivenPassword>, 'isError' | 'error' | 'variables'>;

const asksFor = ({ code }: Refusal) => code === 'sign-in.fresh';

/** A try that gave no password and is asked for one has not failed: it goes on where the password is typed. */
const askedIn = ({ isError, error, variables }: Tried): Refusal | undefined =>
  isError && !variables?.password ? reasonsOf(error).find(asksFor) : undefined;

/** What stands in the way of the last try; nothing where it is only asked for the password. */
export const failuresOf = (tried: Tried): Refusal[] => (tried.isError && !askedIn(tried) ? reasonsOf(tried.error) : []);

export const given = (password: string): GivenPassword => (password ? { password } : {});

interface OwnPasswordInputProps {
  password: string;
  onPassword: (password: string) => void;
  /** Why it is asked for. */
  why?: string | undefined;
}

/** One's own password, which whoever sits at a forgotten screen does not know. */
export function OwnPasswordInput({ password, onPassword, why }: OwnPasswordInputProps) {
  return (
    <PasswordInput
      label="Your password"
      name="password"
      description={why}
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

/** The same, once the server wants it. */
export function OwnPassword({ tried, ...typed }: OwnPasswordInputProps & { tried: Tried }) {
  const isWanted = tried.isError && reasonsOf(tried.error).some(asksFor);
  return isWanted || typed.password ? <OwnPasswordInput {...typed} why={askedIn(tried)?.sentence} /> : null;
}
