import { BlockList, isIP, isIPv4 } from 'node:net';

/** An address with how many of its leading bits are those of a network. */
export interface Cidr {
  readonly address: string;
  readonly bits: number;
}

/** A network such as `10.0.0.0/8` as Go's net.ParseCIDR reads it; undefined when it is none. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = '', bits = ''] = /^([^/]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  if (isIP(address) === 0 || address.includes('%')) return undefined;
  return Number(bits) <= (isIPv4(address) ? 32 : 128) ? { address, bits: Number(bits) } : undefined;
}

/** Whether a network holds an address. */
export function contains({ address, bits }: Cidr, inner: string): boolean {
  if (isIPv4(address) !== isIPv4(inner)) return false;
  const list = new BlockList();
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  list.addSubnet(address, bits, family);
  return list.check(inner, family);
}

/** Whether an address of a network has bits that the network does not fix, as in `10.0.0.1/8`. */
export function hasHostBits({ address, bits }: Cidr): boolean {
  const whole = isIPv4(address) ? 32 : 128;
  return (bitsOf(address) & ((1n << BigInt(whole - bits)) - 1n)) !== 0n;
}

/** An address as a number. */
export function bitsOf(address: string): bigint {
  if (isIPv4(address)) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = '', tail] = withoutDots(address).split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const missing = 8 - groups(head).length - groups(tail).length;
  return [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail)].reduce(
    (sum, group) => sum * 65536n + BigInt(`0x${group}`),
    0n,
  );
}

/** `::ffff:10.0.0.1` with the last part in groups too. */
function withoutDots(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}
