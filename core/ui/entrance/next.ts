/**
 * Where one goes after signing in: an address of this app, as the browser itself reads it. What begins like a path may lead to
 * another site all the same: browsers leave tabs and line breaks out, and take a backslash for a slash.
 * @example nextAddress('/incidents?state=new', 'https://desk.example') // '/incidents?state=new'
 * @example nextAddress('/\t/evil.example', 'https://desk.example') // '/'
 */
export function nextAddress(next: string | null, origin: string): string {
  const url = next?.startsWith('/') ? URL.parse(next, origin) : null;
  if (!url || url.origin !== new URL(origin).origin) return '/';
  // A path that begins with two slashes would be read as another host when it is followed.
  return url.pathname.startsWith('//') ? '/' : url.pathname + url.search + url.hash;
}
