import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { kubeletOf } from '../../e2e/aws/boot';
import type { InstanceType } from '../../e2e/aws/catalogue';
import { Cloud } from '../../e2e/aws/cloud';
import { parseQuery, toXml } from '../../e2e/aws/query';
import { serveAws } from '../../e2e/aws/server';
import { loadPlatform } from '../../lib/check/platform';

const PROD = loadPlatform(join(__dirname, '../..')).platform?.clusters.find(({ name }) => name === 'prod');

const type = (name: string, price: number): [string, InstanceType] => [
  name,
  {
    name,
    vcpu: 4,
    memoryMiB: 16384,
    allocatable: { cpu: '3920m', memory: '14162Mi' },
    interfaces: 4,
    addresses: 15,
    price,
  },
];

const FLEET = [
  'Action=CreateFleet',
  'LaunchTemplateConfigs.1.LaunchTemplateSpecification.LaunchTemplateName=nodes',
  'LaunchTemplateConfigs.1.Overrides.1.InstanceType=g5.2xlarge',
  'LaunchTemplateConfigs.1.Overrides.2.InstanceType=g5.xlarge',
  'TargetCapacitySpecification.DefaultTargetCapacityType=spot',
  'TargetCapacitySpecification.TotalTargetCapacity=1',
].join('&');

describe('the fake of AWS', () => {
  let cloud: Cloud;
  let server: Awaited<ReturnType<typeof serveAws>>;
  const started: string[] = [];
  const ended: string[] = [];

  beforeEach(async () => {
    if (PROD === undefined) throw new Error('clusters/ has no prod');
    started.splice(0);
    ended.splice(0);
    const types = new Map([type('g5.xlarge', 1), type('g5.2xlarge', 2)]);
    cloud = new Cloud(
      PROD,
      { types, prices: 'none' },
      {
        boot: ({ type }) => started.push(type.name),
        halt: ({ type }) => ended.push(type.name),
      },
    );
    server = await serveAws(cloud);
  });

  afterEach(() => server.close());

  const ask = async (body: string, target?: string) => {
    const headers = target === undefined ? {} : { 'x-amz-target': target };
    const answer = await fetch(server.endpoint, { method: 'POST', body, headers });
    return `${answer.status} ${await answer.text()}`;
  };

  it('starts a machine of the cheapest type that is offered', async () => {
    await ask('Action=CreateLaunchTemplate&LaunchTemplateName=nodes');
    expect(await ask(FLEET)).toContain('<fleetInstanceSet><item><instanceIds><item>i-');
    expect(started).toEqual(['g5.xlarge']);
  });

  it('starts nothing that is sold out, and says so for each offer', async () => {
    await ask('Action=CreateLaunchTemplate&LaunchTemplateName=nodes');
    cloud.soldOut = (_type, capacity) => capacity === 'spot';
    const answer = await ask(FLEET);
    expect(answer.match(/InsufficientInstanceCapacity/g)).toHaveLength(2);
    expect(started).toEqual([]);
    await ask(FLEET.replace('=spot', '=on-demand'));
    expect(started).toEqual(['g5.xlarge']);
  });

  it('ends machines, and does not show them to who asks for those that run', async () => {
    await ask('Action=CreateLaunchTemplate&LaunchTemplateName=nodes');
    await ask(FLEET);
    const [{ id } = { id: '' }] = cloud.running;
    const running = 'Action=DescribeInstances&Filter.1.Name=instance-state-name&Filter.1.Value.1=running';
    expect(await ask(running)).toContain(`<instanceId>${id}</instanceId>`);
    await ask(`Action=TerminateInstances&InstanceId.1=${id}`);
    expect(ended).toEqual(['g5.xlarge']);
    expect(await ask(running)).not.toContain(id);
  });

  it('refuses a fleet of a launch template that is not there', async () => {
    expect(await ask(FLEET)).toMatch(/^400 .*InvalidLaunchTemplateName.NotFoundException/);
  });

  it('shows subnets by the tag of this cluster, and no others', async () => {
    const filter = 'Action=DescribeSubnets&Filter.1.Name=tag:karpenter.sh/discovery&Filter.1.Value.1=';
    expect((await ask(`${filter}prod`)).match(/<subnetId>/g)).toHaveLength(3);
    expect(await ask(`${filter}staging`)).toContain('<subnetSet></subnetSet>');
  });

  it('knows the AMI release that the cluster file pins, and no other', async () => {
    const parameter = (release: string) =>
      JSON.stringify({
        Name: `/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/nvidia/amazon-eks-node-al2023-x86_64-nvidia-1.36-${release}/image_id`,
      });
    expect(await ask(parameter('v20260714'), 'AmazonSSM.GetParameter')).toContain('"ami-x86_64-nvidia"');
    expect(await ask(parameter('v20200101'), 'AmazonSSM.GetParameter')).toMatch(/^400 .*ParameterNotFound/);
  });

  it('refuses what it does not play, and remembers it', async () => {
    expect(await ask('Action=CreateVpc')).toMatch(/^400 .*InvalidAction/);
    expect([...cloud.unknown]).toEqual(['CreateVpc']);
  });
});

describe('the Query protocol', () => {
  it('reads lists in lists', () => {
    expect(parseQuery('Filter.1.Name=state&Filter.1.Value.1=on&Filter.1.Value.2=a%20b')).toEqual({
      Filter: { 1: { Name: 'state', Value: { 1: 'on', 2: 'a b' } } },
    });
  });

  it('writes lists, leaves out what is undefined and escapes the rest', () => {
    expect(toXml({ set: [{ a: '<&', b: undefined }], ok: true }, 'item')).toBe(
      '<set><item><a>&lt;&amp;</a></item></set><ok>true</ok>',
    );
  });
});

describe('a start script', () => {
  it('gives the kubelet its labels and taints', () => {
    const script = [
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="//"',
      '',
      '--//',
      'Content-Type: application/node.eks.aws',
      '',
      'spec:',
      '  kubelet:',
      '    config: {registerWithTaints: [{key: nvidia.com/gpu, value: l4, effect: NoSchedule}]}',
      '    flags: [\'--node-labels="a=1,b/c=2"\']',
      '',
      '--//--',
    ].join('\n');
    expect(kubeletOf(Buffer.from(script).toString('base64'))).toEqual({
      labels: { a: '1', 'b/c': '2' },
      taints: [{ key: 'nvidia.com/gpu', value: 'l4', effect: 'NoSchedule' }],
    });
  });
});
