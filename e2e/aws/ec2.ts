import { DISCOVERY_TAG } from '../../lib/model/names';
import type { Cloud, Instance } from './cloud';
import { hasState, hasTags } from './filters';
import { createFleet } from './fleet';
import { describeInstanceTypes } from './instance-types';
import { AwsError, type Fields, itemsOf, textOf, type Value } from './query';

type Action = (cloud: Cloud, request: Fields) => Fields;

/** One VPC with a subnet a zone and one security group, tagged as the bootstrap of the cluster tags them. */
const VPC = 'vpc-00000000000000001';
const SECURITY_GROUP = 'sg-00000000000000001';

/** The part of EC2 that Karpenter calls; everything else is refused. */
export const EC2: Readonly<Record<string, Action>> = {
  DescribeInstanceTypes: (cloud, request) => {
    refuseDryRun(request);
    return describeInstanceTypes(cloud);
  },
  DescribeInstanceTypeOfferings: ({ catalogue, cluster }) => ({
    instanceTypeOfferingSet: [...catalogue.types.keys()].flatMap((instanceType) =>
      cluster.spec.zones.map((location) => ({ instanceType, locationType: 'availability-zone', location })),
    ),
  }),
  DescribeSubnets: ({ cluster }, request) => ({
    subnetSet: cluster.spec.zones
      .map((zone, index) => ({
        subnetId: subnetOf(zone),
        availabilityZone: zone,
        availabilityZoneId: `zone-id-${index + 1}`,
        availableIpAddressCount: 4000,
        vpcId: VPC,
      }))
      .filter(() => hasTags(new Map([[DISCOVERY_TAG, cluster.name]]), request)),
  }),
  DescribeSecurityGroups: ({ cluster }, request) => ({
    securityGroupInfo: [{ groupId: SECURITY_GROUP, groupName: 'nodes', vpcId: VPC }].filter(() =>
      hasTags(new Map([[DISCOVERY_TAG, cluster.name]]), request),
    ),
  }),
  DescribeImages: (_cloud, request) => ({
    imagesSet: itemsOf(request.Filter)
      .filter((filter) => filter.Name === 'image-id')
      .flatMap(({ Value }) => itemsOf<string>(Value))
      .map((imageId) => ({
        imageId,
        name: imageId,
        architecture: imageId.includes('arm64') ? 'arm64' : 'x86_64',
        creationDate: '2026-07-14T00:00:00.000Z',
        imageState: 'available',
      })),
  }),
  DescribeLaunchTemplates: ({ launchTemplates }, request) => {
    const [wanted] = itemsOf<string>(request.LaunchTemplateName);
    if (wanted !== undefined && !launchTemplates.has(wanted)) {
      throw new AwsError('InvalidLaunchTemplateName.NotFoundException', `${wanted} does not exist`);
    }
    const found = [...launchTemplates].filter(([name]) => wanted === undefined || name === wanted);
    return {
      launchTemplates: found.map(([launchTemplateName, { id }]) => ({
        launchTemplateName,
        launchTemplateId: id,
      })),
    };
  },
  CreateLaunchTemplate: (cloud, request) => {
    const launchTemplateName = textOf(request, 'LaunchTemplateName');
    const id = cloud.identify('lt');
    const userData = textOf(request, 'LaunchTemplateData', 'UserData');
    cloud.launchTemplates.set(launchTemplateName, { id, userData });
    return { launchTemplate: { launchTemplateName, launchTemplateId: id } };
  },
  DeleteLaunchTemplate: ({ launchTemplates }, request) => {
    launchTemplates.delete(textOf(request, 'LaunchTemplateName'));
    return {};
  },
  CreateFleet: (cloud, request) => {
    refuseDryRun(request);
    return createFleet(cloud, request);
  },
  RunInstances: (_cloud, request) => {
    refuseDryRun(request);
    throw new AwsError('UnsupportedOperation', 'only dry runs are played here');
  },
  DescribeInstances: ({ instances }, request) => {
    const wanted = itemsOf<string>(request.InstanceId);
    const missing = wanted.find((id) => !instances.has(id));
    if (missing !== undefined) throw new AwsError('InvalidInstanceID.NotFound', `${missing} does not exist`);
    const found = [...instances.values()].filter(
      ({ id, state, tags }) =>
        (wanted.length === 0 || wanted.includes(id)) && hasState(state, request) && hasTags(tags, request),
    );
    return { reservationSet: found.map((one) => ({ instancesSet: [describe(one)] })) };
  },
  TerminateInstances: ({ instances, machines }, request) => ({
    instancesSet: itemsOf<string>(request.InstanceId).map((instanceId) => {
      const instance = instances.get(instanceId);
      if (instance !== undefined) {
        instance.state = 'terminated';
        machines.halt(instance);
      }
      return { instanceId, currentState: { name: 'terminated' }, previousState: { name: 'running' } };
    }),
  }),
  CreateTags: ({ instances }, request) => {
    for (const id of itemsOf<string>(request.ResourceId)) {
      for (const { Key, Value } of itemsOf(request.Tag))
        instances.get(id)?.tags.set(String(Key), String(Value));
    }
    return { return: true };
  },
  DescribeSpotPriceHistory: () => ({ spotPriceHistorySet: [] }),
  DescribeInstanceStatus: () => ({ instanceStatusSet: [] }),
  DescribeCapacityReservations: () => ({ capacityReservationSet: [] }),
  DescribePlacementGroups: () => ({ placementGroupSet: [] }),
};

function refuseDryRun(request: Fields): void {
  if (request.DryRun === 'true') throw new AwsError('DryRunOperation', 'it would have succeeded', 412);
}

function subnetOf(zone: string): string {
  return `subnet-${zone}`;
}

function describe({ id, type, zone, subnet, image, capacity, started, tags, state }: Instance): Value {
  return {
    instanceId: id,
    instanceType: type.name,
    imageId: image,
    subnetId: subnet,
    launchTime: started,
    placement: { availabilityZone: zone, tenancy: 'default' },
    instanceState: { name: state },
    spotInstanceRequestId: capacity === 'spot' ? `sir-${id}` : undefined,
    groupSet: [{ groupId: SECURITY_GROUP }],
    tagSet: [...tags].map(([key, value]) => ({ key, value })),
  };
}
