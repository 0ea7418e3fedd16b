import { items } from '../path';
import type { Rule } from '../rule';

interface Project {
  readonly spec?: {
    readonly destinationServiceAccounts?: readonly {
      readonly server?: string;
      readonly namespace?: string;
      readonly defaultServiceAccount?: string;
    }[];
  };
}

/** As whom Argo CD writes to a destination (AppProject.ValidateProject of Argo CD v3.5.3). */
export const projectAccounts: Rule<Project> = {
  id: 'project-accounts',
  class: 'controller',
  kinds: ['argoproj.io/v1alpha1/AppProject'],
  check({ spec }, tell) {
    const at = ['spec', 'destinationServiceAccounts'];
    const seen = new Set<string>();
    for (const [account, pointer] of items(spec?.destinationServiceAccounts, at)) {
      const { server = '', namespace = '', defaultServiceAccount: name = '' } = account;
      for (const [field, text] of Object.entries({ server, namespace })) {
        if (text.includes('!')) tell([...pointer, field], 'must not have "!"');
      }
      if (name.trim() === '' || /[!*[\]{}\\/]/.test(name))
        tell([...pointer, 'defaultServiceAccount'], 'must be the name of one service account');
      const place = `${server}/${namespace}`;
      if (seen.has(place)) tell(pointer, `repeats ${place}`);
      seen.add(place);
    }
  },
};
