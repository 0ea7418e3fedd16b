import { type TSchema, Type } from '@sinclair/typebox';

/** Schema version that every tenant and cluster file names. */
export const API_VERSION = 'tenantry.dev/v1alpha1';

const text = (pattern: string, help: string, maxLength: number) => (description: string) =>
  Type.String({ pattern, maxLength, description, 'x-pattern-help': help });

/** A name that becomes part of Kubernetes names and hosts. `--` is kept free: it joins names (see decisions/0004). */
export const Name = text(
  '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
  'a name of lower-case letters, digits and single dashes that starts with a letter',
  30,
);

/** A key of a catalogue in a cluster file. */
export const Key = text(
  '^[a-z][a-z0-9]*([.-][a-z0-9]+)*$',
  'a catalogue key of lower-case letters, digits, dashes and dots that starts with a letter',
  40,
);

/** A JupyterHub user name: JupyterHub lower-cases what people type. */
export const User = text(
  '^[a-z][a-z0-9]*([._-][a-z0-9]+)*$',
  'a user name of lower-case letters, digits, dots, dashes and underscores that starts with a letter',
  48,
);

export const Memory = text('^[1-9][0-9]{0,6}(Mi|Gi|Ti)$', 'a size such as 512Mi, 256Gi or 2Ti', 12);

export const Duration = text('^[1-9][0-9]{0,4}(s|m|h)$', 'a duration such as 90s, 30m or 8h', 8);

export const Email = text('^[^@\\s,"\']+@[^@\\s,"\']+\\.[^@\\s,"\']+$', 'an e-mail address', 254);

/** Commas and quotes would end a field of an Argo CD policy line, `system:` groups bypass RBAC. */
export const Group = text(
  '^(?!system:)[A-Za-z0-9][A-Za-z0-9:._/@-]*$',
  'a group name without blanks, commas and quotes that does not start with "system:"',
  128,
);

/** A name in AWS Secrets Manager, not an ARN: the region and account are the cluster's. */
export const SecretName = text(
  '^[A-Za-z0-9_+=.@-]+(/[A-Za-z0-9_+=.@-]+)*$',
  'the name of a secret, such as tenantry/git, not its ARN',
  200,
);

/** An IAM role. */
export const RoleArn = text(
  '^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$',
  'the ARN of an IAM role, such as arn:aws:iam::111122223333:role/platform',
  600,
);

export const Cidr = text(
  '^([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}$',
  'an IPv4 range such as 10.0.0.0/16',
  18,
);

/** An id that EC2 gives, such as `vpc-0a1b2c3d4e5f60718`. */
export const AwsId = (prefix: string, description: string) =>
  text(`^${prefix}-[0-9a-f]{8,17}$`, `an id such as ${prefix}-0a1b2c3d4e5f60718`, 30)(description);

export const Host = text(
  '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$',
  'a lower-case host name such as llm.ml.example.com, without scheme, port, path or wildcard',
  253,
);

/** A number is only worth something with the place and the day it was read. */
export const Provenance = text(
  'read [0-9]{4}-[0-9]{2}-[0-9]{2}$',
  'a source that ends in the day it was read, such as "PyPI ray 2.60.0, read 2026-11-24"',
  300,
);

export const Cpu = (description: string) =>
  Type.Number({ description, exclusiveMinimum: 0, maximum: 100000, multipleOf: 0.001 });

export const Count = (description: string, minimum = 0, maximum = 100000) =>
  Type.Integer({ description, minimum, maximum });

export const List = <T extends TSchema>(items: T, description: string, minItems = 0, maxItems = 2000) =>
  Type.Array(items, { description, minItems, maxItems, uniqueItems: true });

/** A closed object: an unknown field is an error. */
export const Fields = <T extends Record<string, TSchema>>(fields: T, description: string) =>
  Type.Object(fields, { description, additionalProperties: false });

/** A map from catalogue keys to values; other keys are errors. Keys become names and label values. */
export const Catalogue = <T extends TSchema>(value: T, description: string, minProperties = 0) =>
  Type.Record(Type.String({ pattern: '^(?=.{1,40}$)[a-z][a-z0-9]*([.-][a-z0-9]+)*$' }), value, {
    description,
    minProperties,
    additionalProperties: false,
    'x-pattern-help':
      'a key of lower-case letters, digits, dashes and dots that starts with a letter, at most 40',
  });

/** A map from names to values: keys that become names of volumes, which have no dots. */
export const Named = <T extends TSchema>(value: T, description: string) =>
  Type.Record(Type.String({ pattern: '^(?=.{1,30}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$' }), value, {
    description,
    additionalProperties: false,
    'x-pattern-help':
      'a name of lower-case letters, digits and single dashes that starts with a letter, at most 30',
  });

export const OneOf = <const T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], description });

/** Environment of user code. What the platform sets itself cannot be set here. */
export const Environment = (description: string) =>
  Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }), Type.String({ maxLength: 4096 }), {
    description,
    additionalProperties: false,
    'x-pattern-help': 'a variable name of letters, digits and underscores',
  });
