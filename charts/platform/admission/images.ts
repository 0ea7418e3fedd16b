import { CONTAINERS, listed, NEW_SPEC } from './expressions';
import type { Policy } from './policy';

/** Registries are matched as whole hosts: a prefix would let `registry.example.com.evil.org` in. */
export const IMAGES: Policy = {
  name: 'images',
  refuses:
    'images from registries that are not in the catalogue, and images whose tag does not say which they are',
  resources: { '': ['pods', 'pods/ephemeralcontainers'] },
  operations: ['CREATE', 'UPDATE'],
  only: NEW_SPEC,
  variables: {
    containers: CONTAINERS,
    registries: listed('registries'),
    images: `variables.containers.map(c, c.?image.orValue(''))
      + object.spec.?volumes.orValue([]).filter(v, has(v.image)).map(v, v.image.?reference.orValue(''))`,
    foreign: "variables.images.filter(i, !(i.contains('/') && i.split('/')[0] in variables.registries))",
    floating: `variables.images.filter(i, !i.contains('@sha256:')
      && (!i.split('/')[i.split('/').size() - 1].contains(':') || i.endsWith(':latest')))`,
  },
  validations: [
    {
      expression: 'variables.foreign.size() == 0',
      messageExpression: `"images come from " + variables.registries.join(', ') + ", not: " + variables.foreign.join(', ')`,
    },
    {
      expression: 'variables.floating.size() == 0',
      messageExpression: `"images need a tag other than latest, or a digest: " + variables.floating.join(', ')`,
    },
  ],
};
