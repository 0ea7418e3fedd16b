import { isIP } from 'node:net';
import { hasHostBits, parseCidr } from '../ip';
import type { KubernetesVersion } from '../version';

/**
 * What is wrong with an address. Until 1.35 an octet may have leading zeros (StrictIPCIDRValidation is on by default
 * since 1.36).
 */
export function addressProblem(text: string, version: KubernetesVersion): string | undefined {
  if (isIP(sloppy(text)) === 0) return 'must be an IP address';
  return version === '1.36' ? strictProblem(text, isIP(text) !== 0) : undefined;
}

/** What is wrong with a network. Until 1.35 it may have leading zeros, and bits behind its prefix. */
export function networkProblem(text: string, version: KubernetesVersion): string | undefined {
  if (parseCidr(sloppy(text)) === undefined) return 'must be a network such as 10.9.8.0/24';
  if (version !== '1.36') return undefined;
  const cidr = parseCidr(text);
  const problem = strictProblem(text, cidr !== undefined);
  if (problem !== undefined || cidr === undefined) return problem;
  return hasHostBits(cidr) ? 'must not have bits behind its prefix' : undefined;
}

function strictProblem(text: string, parsed: boolean): string | undefined {
  if (!parsed) return 'must not have leading zeros';
  return /^::ffff:[0-9.]+/i.test(text) ? 'must not be an IPv4 address inside IPv6' : undefined;
}

/** The text without the leading zeros that Go's older parser ignores. */
export function sloppy(text: string): string {
  return text.includes(':') ? text : text.replace(/(^|[./])0+(?=\d)/g, '$1');
}
