import type { Case } from './case';

const MAIN = 'clusters/main.yaml';
const main = (fields: Record<string, unknown>) => ({ [MAIN]: fields });

const VPC = {
  id: 'vpc-0a1b2c3d4e5f60718',
  privateSubnets: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
  controlPlaneSubnets: ['subnet-0a1b2c3d4e5f60713', 'subnet-0a1b2c3d4e5f60714'],
};

export const INFRASTRUCTURE_CASES: readonly Case[] = [
  {
    rule: 'zone',
    change: main({
      'spec.zones': ['eu-west-1a'],
      'spec.network.controlPlaneCidrs': ['10.0.255.0/28'],
      'spec.network.endpointCidrs': ['10.0.254.0/26'],
    }),
    at: `${MAIN}:8:5 - eu-`,
    message: 'spec.zones: EKS needs at least two zones',
  },
  {
    rule: 'subnets',
    change: main({ 'spec.network.controlPlaneCidrs': ['10.0.255.0/28'] }),
    at: `${MAIN}:19:7 - 10`,
    message: 'spec.network.controlPlaneCidrs: 1 ranges for 2 zones: exactly one a zone',
  },
  {
    rule: 'subnets',
    change: main({
      'spec.network.endpointCidrs': ['10.0.254.0/26'],
    }),
    at: `${MAIN}:22:7 - 10`,
    message: 'spec.network.endpointCidrs: 1 ranges for 2 zones: exactly one a zone',
  },
  {
    rule: 'subnets',
    change: main({ 'spec.network.privateCidrs': ['10.0.0.0/18'] }),
    at: `${MAIN}:25:7 - 10`,
    message: 'spec.network.privateCidrs: 1 ranges for 2 zones: exactly one a zone',
  },
  {
    rule: 'cidr',
    change: main({ 'spec.network.endpointCidrs': ['10.0.64.0/26', '10.0.254.64/26'] }),
    at: `${MAIN}:16:5 vpcC`,
    message: 'spec.network: the endpoints subnet 10.0.64.0/26 overlaps the private subnet 10.0.64.0/18',
    hint: 'write privateCidrs and publicCidrs, one a zone',
  },
  {
    rule: 'existing',
    change: main({ 'spec.controlPlane': { existing: { securityGroup: 'sg-0a1b2c3d4e5f60718' } } }),
    at: `${MAIN}:95:7 secu`,
    message: 'spec.controlPlane.existing: needs spec.network.vpc',
  },
  {
    rule: 'subnets',
    change: main({
      'spec.network.vpc': { ...VPC, privateSubnets: [...VPC.privateSubnets, 'subnet-0a1b2c3d'] },
    }),
    at: `${MAIN}:27:9 - su`,
    message: 'spec.network.vpc.privateSubnets: 3 subnets for 2 zones: exactly one a zone',
  },
  {
    rule: 'subnets',
    change: main({
      'spec.network.vpc': { ...VPC, controlPlaneSubnets: ['subnet-0a1b2c3d', ...VPC.controlPlaneSubnets] },
    }),
    at: `${MAIN}:30:9 - su`,
    message: 'spec.network.vpc.controlPlaneSubnets: 3 subnets for 2 controlPlaneCidrs',
  },
  {
    rule: 'min-max',
    change: main({ 'spec.systemNodes': { min: 5 } }),
    at: `${MAIN}:94:10 5`,
    message: 'spec.systemNodes.min: 5 is above max 4',
  },
  {
    rule: 'unknown-reference',
    change: main({ 'spec.systemNodes': { instanceTypes: ['m7i.xlarg'] } }),
    at: `${MAIN}:95:9 m7i.`,
    message: 'instance type "m7i.xlarg" is not in imports/instance-types.json',
    hint: 'did you mean "m7i.xlarge"?',
  },
  {
    rule: 'gpu-family',
    change: main({ 'spec.systemNodes': { instanceTypes: ['g6.xlarge'] } }),
    at: `${MAIN}:95:9 g6.x`,
    message: 'spec.systemNodes.instanceTypes[0]: g6.xlarge has GPUs; system nodes need none',
  },
  {
    rule: 'gpu-family',
    change: main({ 'spec.gpuNodes': { gpu: 'l4', instanceType: 'g5.xlarge', count: 1 } }),
    at: `${MAIN}:95:19 g5.`,
    message: 'spec.gpuNodes.instanceType: g5.xlarge has a10g GPUs, not l4',
  },
  {
    rule: 'unknown-reference',
    change: main({ 'spec.gpuNodes': { gpu: 't4', instanceType: 'g6.xlarge', count: 1 } }),
    at: `${MAIN}:94:10 t4`,
    message: 'spec.gpuNodes.gpu: GPU type "t4" is not in spec.gpuTypes',
    hint: 'did you mean "l4"? it has: l4',
  },
  {
    rule: 'public-endpoint',
    change: main({ 'spec.controlPlane': { publicCidrs: ['0.0.0.0/0'] } }),
    at: `${MAIN}:95:9 0.0.`,
    message: '0.0.0.0/0 lets everybody reach the API server',
    hint: 'list your own ranges',
  },
  {
    rule: 'cidr',
    change: main({ 'spec.controlPlane': { publicCidrs: ['192.0.2.1/24'] } }),
    at: `${MAIN}:95:9 192.`,
    message: 'spec.controlPlane.publicCidrs[0]: 192.0.2.1/24 has bits set after the prefix',
    hint: 'write the first address of the /24',
  },
  {
    rule: 'bucket-name',
    change: {
      ...main({ 'spec.domain': `${'a'.repeat(55)}.example.com`, 'spec.datasets.scans.readers': 'all' }),
      'tenants/red.yaml': null,
    },
    at: `${MAIN}:11:11 aaaa`,
    message: 'has more than 63 letters',
    hint: 'write a shorter one in spec.dataBucket',
  },
];
