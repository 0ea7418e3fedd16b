import { parseQuantity } from '../../quantity';
import { entries } from '../path';
import { containersOf, podRule } from '../pods';
import { type Amounts, checkAmounts, checkNames, containerResource, mayOvercommit } from '../resources';

/** Names and amounts of resources; requests fit into limits, and are equal to them where nothing is shared. */
export const containerResources = podRule('container-resources', (pod, at, tell) => {
  for (const [{ resources = {} }, where] of containersOf(pod, at)) {
    const { limits, requests } = resources as { limits?: Amounts; requests?: Amounts };
    const pointer = [...where, 'resources'];
    for (const [amounts, part] of [
      [limits, 'limits'],
      [requests, 'requests'],
    ] as const) {
      checkNames(amounts, [...pointer, part], containerResource, tell);
      checkAmounts(amounts, [...pointer, part], tell);
    }
    for (const [name, amount, place] of entries(requests, [...pointer, 'requests'])) {
      const limit = limits?.[name];
      if (limit === undefined) {
        if (!mayOvercommit(name)) tell(place, 'needs a limit: this resource cannot be shared');
        continue;
      }
      const [requested = 0n, most = 0n] = [parseQuantity(amount), parseQuantity(limit)];
      if (requested !== most && !mayOvercommit(name)) tell(place, `must equal the limit ${limit}`);
      else if (requested > most) tell(place, `must be at most the limit ${limit}`);
    }
  }
});
