// Addresses are plain strings everywhere; these are the only pieces that know the router.
import { useSearch as useDrawnSearch, useLocation, useMatch, useParams, useRouter } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, type MouseEvent, useCallback } from 'react';

/** Goes to an address of this app; `replace` leaves no step in the browser's history. */
export function useGo(): (to: string, options?: { replace?: boolean }) => void {
  const { history } = useRouter();
  return useCallback((to, options) => (options?.replace ? history.replace(to) : history.push(to)), [history]);
}

const isPlainClick = (press: MouseEvent) =>
  press.button === 0 && !press.metaKey && !press.ctrlKey && !press.shiftKey && !press.altKey;

/** The step of the browser's history that one is at: the same again when one comes back to it. */
export function useVisit(): string {
  return useLocation().state['__TSR_key'] ?? '';
}

/** A link inside the app. */
export function Go({ to, onClick, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const go = useGo();
  const handleClick = (press: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(press);
    if (press.defaultPrevented || !isPlainClick(press)) return;
    press.preventDefault();
    go(to);
  };
  return <a href={to} onClick={handleClick} {...rest} />;
}

/**
 * The address's query as names and values, and a way to edit some of them (null or '' takes one away). It is that of what
 * is drawn: while the next screen is on its way, the one that is left must not take the new address for its own.
 */
export function useSearch(): [
  URLSearchParams,
  (patch: Readonly<Record<string, string | null>>, options?: { push?: boolean }) => void,
] {
  const { searchStr, pathname } = useLocation();
  const go = useGo();
  const edit = (patch: Readonly<Record<string, string | null>>, options?: { push?: boolean }) => {
    const next = patched(new URLSearchParams(searchStr), patch).toString();
    go(next ? `${pathname}?${next}` : pathname, { replace: !options?.push });
  };
  const drawn: Readonly<Record<string, string>> = useDrawnSearch({ strict: false });
  return [new URLSearchParams(drawn), edit];
}

export function usePathname(): string {
  return useLocation().pathname;
}

/** The path of what is drawn, which is the old one's until the next screen stands. */
export function useDrawnPath(): string {
  return useMatch({ strict: false, select: ({ pathname }) => pathname });
}

/** A part of the address by its name in the route. */
export function useParam(name: string): string {
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  return params[name] ?? '';
}

export function patched(search: URLSearchParams, patch: Readonly<Record<string, string | null>>): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  return next;
}
