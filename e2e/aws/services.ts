import { interruptionQueue } from '../../lib/model/names';
import { until } from '../wait';
import type { Cloud } from './cloud';
import { AwsError } from './query';

// biome-ignore lint/suspicious/noExplicitAny: a request is whatever the SDK sends.
type Request = Readonly<Record<string, any>>;
type Action = (cloud: Cloud, request: Request, endpoint: string) => unknown;

/** Longest that SQS holds an answer back while a queue is empty (WaitTimeSeconds of AWS). */
const LONG_POLL_SECONDS = 20;

/** Services that speak JSON, by the header X-Amz-Target. */
export const JSON_SERVICES: Readonly<Record<string, Action>> = {
  'AmazonSSM.GetParameter': (cloud, { Name }) => ({
    Parameter: { Name, Value: imageOf(cloud, Name), Type: 'String' },
  }),
  /** Nothing, so that Karpenter keeps the prices that its module carries. */
  'AWSPriceListService.GetProducts': () => ({ PriceList: [], FormatVersion: 'aws_v1' }),
  'AmazonSQS.GetQueueUrl': ({ cluster }, { QueueName }, endpoint) => {
    if (QueueName !== interruptionQueue(cluster.name)) {
      throw new AwsError('QueueDoesNotExist', `there is no queue ${QueueName}`);
    }
    return { QueueUrl: `${endpoint}/111122223333/${QueueName}` };
  },
  'AmazonSQS.ReceiveMessage': async ({ messages }) => {
    const asked = Date.now();
    const Messages = await until(() => {
      const taken = messages.splice(0);
      return taken.length > 0 || Date.now() - asked > LONG_POLL_SECONDS * 1000 ? taken : undefined;
    }, 'a message');
    return {
      Messages: Messages.map(({ id, body }) => ({ MessageId: id, ReceiptHandle: id, Body: body })),
    };
  },
  'AmazonSQS.DeleteMessage': () => ({}),
};

/** EKS DescribeCluster. */
export function describeCluster({ cluster }: Cloud, name: string, endpoint: string): unknown {
  if (name !== cluster.name) throw new AwsError('ResourceNotFoundException', `no cluster ${name}`, 404);
  return {
    cluster: {
      name,
      endpoint,
      kubernetesNetworkConfig: { serviceIpv4Cidr: cluster.spec.network.serviceCidr },
    },
  };
}

/** AMIs of the release that the cluster file pins, for its Kubernetes version; that AWS has published it is believed. */
function imageOf({ cluster }: Cloud, parameter: string): string {
  const { kubernetesVersion, nodes } = cluster.spec;
  const [family, version] = nodes.ami.alias.split('@');
  const folder = `/aws/service/eks/optimized-ami/${kubernetesVersion}/amazon-linux-2023`;
  for (const arch of ['x86_64', 'arm64']) {
    for (const variant of ['standard', 'nvidia']) {
      const name = `amazon-eks-node-${family}-${arch}-${variant}-${kubernetesVersion}-${version}`;
      if (parameter === `${folder}/${arch}/${variant}/${name}/image_id`) return `ami-${arch}-${variant}`;
    }
  }
  throw new AwsError('ParameterNotFound', `there is no parameter ${parameter}`);
}
