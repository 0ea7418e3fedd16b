/** A statement of an IAM policy. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  /** Absent in a policy that says who may take a role. */
  readonly Resource?: readonly string[];
  readonly Principal?: Readonly<Record<string, readonly string[]>> | '*';
  readonly Condition?: Condition;
}

/** Operator, then key, then values. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Where a cluster lies: text, or what CloudFormation or Terraform puts text in for. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** A statement that allows. */
export function allow(
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: Condition,
): Statement {
  return { Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

/** Lets EKS Pod Identity give the role to pods whose tags are these. */
export function podIdentityTrust(tags: Readonly<Record<string, readonly string[]>>): Statement {
  return {
    Effect: 'Allow',
    Principal: { Service: ['pods.eks.amazonaws.com'] },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: {
      StringEquals: Object.fromEntries(
        Object.entries(tags).map(([tag, values]) => [`aws:RequestTag/${tag}`, values]),
      ),
    },
  };
}

/** ARN in the region and account of the cluster. */
export function arn({ partition, region, account }: Place, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** ARN of a service without regions, such as IAM. */
export function globalArn({ partition, account }: Place, service: string, resource: string): string {
  return `arn:${partition}:${service}::${account}:${resource}`;
}

/** ARN of a bucket, or of objects in it: names of buckets are unique in a partition. */
export function bucketArn({ partition }: Place, resource: string): string {
  return `arn:${partition}:s3:::${resource}`;
}
