/** Where requests may go: base URLs as settings and the environment give them, parsed and checked once. */

export interface BaseUrl {
  /** Without a trailing slash. */
  readonly href: string;
  readonly origin: string;
  /** Host and port as a dialog shows them: an international name in punycode, so that no letter deceives. */
  readonly host: string;
  readonly isHttps: boolean;
  /** Whether the host is this machine, as parsed, never by DNS. */
  readonly isLoopback: boolean;
}

/**
 * Parses a gateway's base URL.
 * @returns the parsed URL, or a sentence fragment saying why it is refused
 */
export function parseBaseUrl(text: string): BaseUrl | { readonly problem: string } {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return { problem: 'it is not a URL' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return { problem: 'it must start with https:// or http://' };
  if (url.username !== '' || url.password !== '')
    return { problem: 'it may not hold a user name or password' };
  if (url.search !== '' || text.includes('?')) return { problem: 'it may not hold a query' };
  if (url.hash !== '' || text.includes('#')) return { problem: 'it may not hold a fragment' };
  return {
    href: url.href.replace(/\/+$/, ''),
    origin: url.origin,
    host: url.host,
    isHttps: url.protocol === 'https:',
    isLoopback: isLoopbackHost(url.hostname),
  };
}

/** Whether a parsed host name is this machine: localhost, 127.0.0.0/8 or [::1]. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

/** A key travels over https, or over http to this machine only. */
export function mayCarryKey(url: BaseUrl): boolean {
  return url.isHttps || url.isLoopback;
}

/**
 * Whether a host, as parsed or as an IP address, is not on the public internet: loopback, private,
 * link-local, shared, multicast or reserved ranges, and names that only a local network resolves.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (host.includes(':')) return isPrivateIpv6(host);
  if (/^\d+(\.\d+){3}$/.test(host)) return isPrivateIpv4(host);
  return (
    !host.includes('.') || /\.(localhost|local|internal|lan|home|intranet|corp|home\.arpa|onion)$/.test(host)
  );
}

function isPrivateIpv4(address: string): boolean {
  const [a = 0, b = 0, c = 0] = address.split('.').map(Number);
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 192 && b === 0 && (c === 0 || c === 2)) ||
    (a === 198 && (b === 18 || b === 19)) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113)
  );
}

function isPrivateIpv6(address: string): boolean {
  const embedded = /^::(?:ffff:)?(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/.exec(address);
  if (embedded !== null) {
    if (embedded[1] !== undefined) return isPrivateIpv4(embedded[1]);
    const high = parseInt(embedded[2] ?? '0', 16);
    const low = parseInt(embedded[3] ?? '0', 16);
    return isPrivateIpv4([high >> 8, high & 255, low >> 8, low & 255].join('.'));
  }
  // Global unicast is 2000::/3; of it, 2001:db8::/32 is documentation and 2001::/32 and 2002::/16 embed IPv4.
  return (
    !/^[23]/.test(address) ||
    address.startsWith('2001:db8') ||
    address.startsWith('2002:') ||
    /^2001:0?:/.test(address)
  );
}
