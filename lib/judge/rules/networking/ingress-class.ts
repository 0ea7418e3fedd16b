import type { Rule } from '../rule';

interface IngressClass {
  readonly spec?: { readonly controller?: string };
}

/** The controller of a class has a domain, as in `example.com/controller`. */
export const ingressClass: Rule<IngressClass> = {
  id: 'ingress-class',
  class: 'apiserver',
  kinds: ['networking.k8s.io/v1/IngressClass'],
  check({ spec }, tell) {
    const controller = spec?.controller ?? '';
    if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/.+$/.test(controller) || controller.length > 250) {
      tell(['spec', 'controller'], 'must be a domain and a path, as in "example.com/controller"');
    }
  },
};
