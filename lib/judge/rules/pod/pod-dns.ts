import { isIP } from 'node:net';
import { isDns1123Subdomain } from '../../names';
import { items } from '../path';
import { podRule } from '../pods';

const MOST_SERVERS = 3;
const MOST_SEARCHES = 32;

/** Name servers and hosts of a pod. */
export const podDns = podRule('pod-dns', ({ dnsPolicy, dnsConfig, hostAliases }, at, tell) => {
  const pointer = [...at, 'dnsConfig'];
  const { nameservers = [], searches = [] } = dnsConfig ?? {};
  if (dnsPolicy === 'None' && nameservers.length === 0)
    tell(at, 'dnsPolicy None needs nameservers in dnsConfig');
  if (nameservers.length > MOST_SERVERS)
    tell([...pointer, 'nameservers'], `must have at most ${MOST_SERVERS}`);
  if (searches.length > MOST_SEARCHES) tell([...pointer, 'searches'], `must have at most ${MOST_SEARCHES}`);
  for (const [server, where] of items(nameservers, [...pointer, 'nameservers'])) {
    if (isIP(server) === 0) tell(where, 'must be an IP address');
  }
  for (const [{ ip, hostnames }, where] of items(hostAliases, [...at, 'hostAliases'])) {
    if (isIP(ip) === 0) tell([...where, 'ip'], 'must be an IP address');
    for (const [name, place] of items(hostnames, [...where, 'hostnames'])) {
      const problem = isDns1123Subdomain(name);
      if (problem !== undefined) tell(place, problem);
    }
  }
});
