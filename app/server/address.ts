// Where people reach the server, and which proxies stand before it: what cannot work is told in one line at the start.
import { isIP, isIPv6 } from 'node:net';

/** Why a public address cannot be served; undefined where it can. */
export function publicUrlFault(given: string): string | undefined {
  const url = URL.parse(given);
  if (!url || !['http:', 'https:'].includes(url.protocol))
    return `${given} is no address. Give one such as https://desk.example.org: --public-url https://desk.example.org`;
  if (url.username || url.password || url.search || url.hash || url.pathname !== '/')
    return `Servicewright is served at the root of an address, not below one: give it a name of its own, such as --public-url ${url.protocol}//servicewright.${url.host}`;
  return undefined;
}

const named: readonly string[] = ['loopback', 'linklocal', 'uniquelocal'];

/** Why proxies cannot be told by what was given; undefined where they can. */
export function trustProxyFault(given: string): string | undefined {
  const wrong = given
    .split(',')
    .map((each) => each.trim())
    .find((each) => !named.includes(each) && !isNetwork(each));
  return wrong === undefined
    ? undefined
    : `"${wrong}" is no address of a proxy. Give addresses or networks, such as --trust-proxy 10.0.0.5,192.168.0.0/24, or loopback`;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (!isIP(address) || more.length) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (isIPv6(address) ? 128 : 32))
  );
}
