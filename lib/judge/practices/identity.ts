import type { PodIdentityAssociation } from '../../../imports/eks.services.k8s.aws';
import type { KubernetesObject } from '../../render/manifest';
import type { Practice } from './practice';

/** An association is for a service account that is there: with a slip in the name no pod ever gets credentials. */
export const associations: Practice = (objects) => {
  const accounts = new Set(
    objects
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  );
  return objects
    .filter(({ kind }) => kind === 'PodIdentityAssociation')
    .flatMap((object) => {
      const { spec } = object as unknown as PodIdentityAssociation;
      const account = `${spec?.namespace}/${spec?.serviceAccount}`;
      if (accounts.has(account)) return [];
      return [
        {
          rule: 'association-account',
          object,
          message: `no ServiceAccount ${account} is rendered`,
          hint: 'name a service account of the same namespace',
        },
      ];
    });
};

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** Policies of AWS that hand over an account. */
const TOO_MUCH =
  /:policy\/(job-function\/)?(AdministratorAccess|PowerUserAccess|IAMFullAccess|AmazonS3FullAccess)$/;

/** No role may do everything, or something with everything. */
export const broadPolicies: Practice = (objects) =>
  objects
    .filter(({ apiVersion }) => apiVersion.startsWith('iam.services.k8s.aws/'))
    .flatMap((object) =>
      grants(object).map((grant) => ({
        rule: 'broad-policy',
        object,
        message: `grants ${grant}`,
        hint: 'list actions and resources, such as one prefix of one bucket',
      })),
    );

function grants(object: KubernetesObject): string[] {
  const {
    policies = [],
    policyDocument,
    inlinePolicies = {},
  } = (object.spec ?? {}) as {
    policies?: readonly string[];
    policyDocument?: string;
    inlinePolicies?: Readonly<Record<string, string>>;
  };
  const documents = [policyDocument, ...Object.values(inlinePolicies)].filter((text) => text !== undefined);
  return [
    ...policies.filter((arn) => TOO_MUCH.test(arn)),
    ...documents.flatMap((text) =>
      (JSON.parse(text) as { Statement: readonly Statement[] }).Statement.flatMap(wildcards),
    ),
  ];
}

function wildcards({ Effect, Action = [], Resource = [] }: Statement): string[] {
  if (Effect !== 'Allow') return [];
  const all = (values: string | readonly string[]) => [values].flat();
  return [
    ...all(Action).filter((action) => action === '*' || action.endsWith(':*')),
    ...all(Resource).filter((resource) => resource === '*'),
  ];
}
