import { type Static, Type } from '@sinclair/typebox';
import Ajv from 'ajv';
import { load } from 'js-yaml';
import type { GroupVersionKind } from '../model/schema';

const Closed = <T extends Parameters<typeof Type.Object>[0]>(fields: T) =>
  Type.Object(fields, { additionalProperties: false });
const Names = Type.Array(Type.String(), { minItems: 1 });
const Origin = {
  repository: Type.String({ pattern: '^[\\w.-]+/[\\w.-]+$' }),
  version: Type.String(),
  path: Type.String(),
  folder: Type.String(),
};

const Minor = Type.String({ pattern: '^1\\.[0-9]+$' });
const Chart = Closed({
  repository: Type.String({ pattern: '^(https|oci)://[^\\s]*[^/\\s]$' }),
  chart: Type.String(),
  version: Type.String(),
  appVersion: Type.String(),
  kubernetes: Closed({
    min: Type.Optional(Minor),
    max: Type.Optional(Minor),
    source: Type.String({ pattern: 'read [0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
  }),
  crds: Type.Union([Type.Literal('in-chart'), Type.Literal('none'), Closed({ chart: Type.String() }), Names]),
});

const CustomResources = Closed({
  name: Type.String(),
  ...Origin,
  exclude: Type.Optional(Type.String()),
  kinds: Type.Record(Type.String({ pattern: '^[a-z0-9.-]+/v[a-z0-9]+/[A-Za-z0-9]+$' }), Type.String(), {
    additionalProperties: false,
  }),
});

const Kubernetes = Closed({
  ...Origin,
  file: Type.String(),
  upstreamFile: Type.String(),
  kinds: Names,
  types: Type.Record(Type.String(), Type.Array(Type.String())),
});

const InstanceTypes = Closed({
  ...Origin,
  file: Type.String(),
  read: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
  families: Closed({ gpu: Names, cpu: Names }),
});

const Versions = Closed({
  charts: Type.Record(Type.String({ pattern: '^[a-z][a-z0-9-]*$' }), Chart, { additionalProperties: false }),
  customResources: Type.Array(CustomResources),
  kubernetes: Kubernetes,
  instanceTypes: InstanceTypes,
});

/** What imports/versions.yaml says: the inputs, and what to make of them. */
export type Versions = Static<typeof Versions>;
/** A Helm chart of the platform. */
export type ChartSource = Static<typeof Chart>;
/** CRDs of one upstream repository. */
export type CustomResourcesSource = Static<typeof CustomResources>;
export type KubernetesSource = Static<typeof Kubernetes>;
export type InstanceTypesSource = Static<typeof InstanceTypes>;

/** Reads the text of versions.yaml. Throws an Error that lists every deviation. */
export function parseVersions(text: string): Versions {
  const validate = new Ajv({ allErrors: true }).compile<Versions>(Versions);
  const value = load(text);
  if (validate(value)) return value;
  const errors = (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  );
  throw new Error(errors.join('; '));
}

/** The parts of a kind written as `ray.io/v1/RayCluster`, or `v1/Pod` for the core group. */
export function parseKind(text: string): GroupVersionKind {
  const [kind = '', version = '', group = ''] = text.split('/').reverse();
  return { group, version, kind };
}

/** What generated files name as their source. */
export function originOf({ repository, version }: { repository: string; version: string }): string {
  return `${repository} ${version}`;
}
