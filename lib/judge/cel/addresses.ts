import { isIP, isIPv4 } from 'node:net';
import { bitsOf, type Cidr, contains, hasHostBits, parseCidr } from '../ip';
import { fail, type Library } from './library';

class Address {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

class Network {
  readonly cidr: Cidr;

  constructor(cidr: Cidr) {
    this.cidr = cidr;
  }
}

/** Kubernetes' IP and CIDR libraries (k8s.io/apiserver/pkg/cel/library/{ip,cidr}.go, v0.36). */
export const addresses: Library = (environment) => {
  environment
    .registerType('net.IP', Address)
    .registerType('net.CIDR', Network)
    .registerFunction('isIP(string): bool', isAddress)
    .registerFunction('ip(string): net.IP', address)
    .registerFunction('isCIDR(string): bool', (text: string) => parseCidr(text) !== undefined)
    .registerFunction('cidr(string): net.CIDR', (text: string) => new Network(network(text)))
    .registerFunction('net.IP.family(): int', ({ text }: Address) => BigInt(isIP(text)))
    .registerFunction('net.IP.isUnspecified(): bool', ({ text }: Address) => bitsOf(text) === 0n)
    .registerFunction('net.IP.isLoopback(): bool', within('127.0.0.0/8', '::1/128'))
    .registerFunction('net.IP.isLinkLocalUnicast(): bool', within('169.254.0.0/16', 'fe80::/10'))
    .registerFunction('net.IP.isLinkLocalMulticast(): bool', within('224.0.0.0/24', 'ff02::/16'))
    .registerFunction('net.CIDR.containsIP(string): bool', ({ cidr }: Network, text: string) =>
      contains(cidr, address(text).text),
    )
    .registerFunction('net.CIDR.containsIP(net.IP): bool', ({ cidr }: Network, { text }: Address) =>
      contains(cidr, text),
    )
    .registerFunction('net.CIDR.containsCIDR(string): bool', ({ cidr }: Network, text: string) =>
      covers(cidr, network(text)),
    )
    .registerFunction('net.CIDR.containsCIDR(net.CIDR): bool', (outer: Network, inner: Network) =>
      covers(outer.cidr, inner.cidr),
    )
    .registerFunction('net.CIDR.ip(): net.IP', ({ cidr }: Network) => new Address(cidr.address))
    .registerFunction('net.CIDR.prefixLength(): int', ({ cidr }: Network) => BigInt(cidr.bits))
    .registerFunction('net.CIDR.masked(): net.CIDR', ({ cidr }: Network) =>
      hasHostBits(cidr) ? fail('masked() of a network with host bits is not supported') : new Network(cidr),
    );
};

/** An address without zone; one of IPv4 inside IPv6 is none. */
function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%') && !(text.includes(':') && text.includes('.'));
}

function address(text: string): Address {
  return isAddress(text) ? new Address(text) : fail(`"${text}" is no IP address`);
}

function network(text: string): Cidr {
  return parseCidr(text) ?? fail(`"${text}" is no network`);
}

function covers(outer: Cidr, inner: Cidr): boolean {
  return outer.bits <= inner.bits && contains(outer, inner.address);
}

function within(v4: string, v6: string): (address: Address) => boolean {
  return ({ text }) => contains(network(isIPv4(text) ? v4 : v6), text);
}
