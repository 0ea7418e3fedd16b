import { listed, NEW_SPEC } from './expressions';
import type { Policy } from './policy';

/** Hosts are handed out in Git, where the check sees all tenants at once; here nobody can take one aside. */
export const INGRESSES: Policy = {
  name: 'ingresses',
  refuses: 'hosts that the tenant file does not name, and Ray dashboards on the internet',
  resources: { 'networking.k8s.io': ['ingresses'] },
  operations: ['CREATE', 'UPDATE'],
  only: `${NEW_SPEC} || object.metadata.?annotations.orValue({}) != oldObject.metadata.?annotations.orValue({})`,
  variables: {
    hosts: listed('hosts'),
    rules: 'object.spec.?rules.orValue([])',
  },
  validations: [
    {
      expression:
        "variables.rules.size() > 0 && variables.rules.all(r, r.?host.orValue('') in variables.hosts)",
      messageExpression: `"an Ingress is for hosts of the tenant file: " + (size(variables.hosts) == 0 ? 'it names none' : variables.hosts.join(', '))`,
    },
    {
      expression: 'object.spec.?tls.orValue([]).all(t, t.?hosts.orValue([]).all(h, h in variables.hosts))',
      message: 'an Ingress cannot have a certificate for other hosts',
    },
    {
      // Whoever reaches a dashboard of Ray runs code in it (CVE-2023-48022).
      expression: `!has(object.spec.defaultBackend) && variables.rules.all(r, r.?http.?paths.orValue([]).all(p,
        p.backend.?service.?name.orValue('').endsWith('-serve-svc') && p.backend.service.?port.?number.orValue(0) == 8000))`,
      message: 'an Ingress can only lead to port 8000 of a RayService, NAME-serve-svc',
    },
    {
      // Annotations of NGINX can hold pieces of its configuration.
      expression: `object.metadata.?annotations.orValue({}).all(k,
        k.startsWith('argocd.argoproj.io/') || k == 'kubectl.kubernetes.io/last-applied-configuration')`,
      message: 'an Ingress cannot have annotations',
    },
  ],
};
