import type { InstanceType } from './catalogue';
import type { Cloud, Instance } from './cloud';
import { AwsError, type Fields, itemsOf, textOf, type Value } from './query';

/** One offer of CreateFleet: an instance type in a subnet. */
interface Offer {
  readonly type: InstanceType;
  readonly zone: string;
  readonly subnet: string;
  readonly image: string;
  readonly template: string;
}

/**
 * CreateFleet of type instant: machines of the cheapest type offered that is not sold out. AWS does so for on-demand;
 * for spot it weighs price against spare capacity, which nobody outside knows.
 */
export function createFleet(cloud: Cloud, request: Fields): Fields {
  const target = request.TargetCapacitySpecification;
  const capacity = textOf(target, 'DefaultTargetCapacityType') === 'spot' ? 'spot' : 'on-demand';
  const offers = itemsOf(request.LaunchTemplateConfigs)
    .flatMap((config) => offersOf(cloud, config))
    .sort((a, b) => a.type.price - b.type.price);
  const left = offers.filter(({ type }) => !cloud.soldOut(type.name, capacity));
  const gone = offers.filter((offer) => !left.includes(offer));
  const [best] = left;
  const count = Number(textOf(target, 'TotalTargetCapacity'));
  const tags = tagsOf(request);
  const started =
    best === undefined ? [] : Array.from({ length: count }, () => start(cloud, best, capacity, tags));
  cloud.fleets.push({
    capacity,
    types: [...new Set(offers.map(({ type }) => type.name))],
    ...(best === undefined ? {} : { instance: best.type.name }),
  });
  return {
    fleetId: cloud.identify('fleet'),
    fleetInstanceSet:
      best === undefined
        ? []
        : [
            {
              instanceIds: started.map(({ id }) => id),
              instanceType: best.type.name,
              lifecycle: capacity,
              launchTemplateAndOverrides: describe(best),
            },
          ],
    errorSet: gone.map((offer) => ({
      errorCode: 'InsufficientInstanceCapacity',
      errorMessage: `there is no ${capacity} capacity for ${offer.type.name}`,
      lifecycle: capacity,
      launchTemplateAndOverrides: describe(offer),
    })),
  };
}

function offersOf({ catalogue, launchTemplates }: Cloud, config: Fields): Offer[] {
  const template = textOf(config, 'LaunchTemplateSpecification', 'LaunchTemplateName');
  if (!launchTemplates.has(template)) {
    throw new AwsError('InvalidLaunchTemplateName.NotFoundException', `${template} does not exist`);
  }
  return itemsOf(config.Overrides).map((override) => {
    const type = catalogue.types.get(textOf(override, 'InstanceType'));
    if (type === undefined) throw new AwsError('InvalidParameterValue', 'unknown instance type');
    const zone = textOf(override, 'AvailabilityZone');
    return {
      type,
      zone,
      subnet: textOf(override, 'SubnetId'),
      image: textOf(override, 'ImageId'),
      template,
    };
  });
}

function describe({ type, zone, subnet, image, template }: Offer): Value {
  return {
    launchTemplateSpecification: { launchTemplateName: template },
    overrides: { instanceType: type.name, availabilityZone: zone, subnetId: subnet, imageId: image },
  };
}

function tagsOf(request: Fields): [string, string][] {
  return itemsOf(request.TagSpecification)
    .filter(({ ResourceType }) => ResourceType === 'instance')
    .flatMap(({ Tag }) =>
      itemsOf(Tag).map(({ Key, Value }): [string, string] => [String(Key), String(Value)]),
    );
}

function start(
  cloud: Cloud,
  { type, zone, subnet, image, template }: Offer,
  capacity: Instance['capacity'],
  tags: readonly [string, string][],
): Instance {
  const instance: Instance = {
    id: cloud.identify('i'),
    type,
    zone,
    subnet,
    image,
    capacity,
    started: new Date().toISOString(),
    userData: cloud.launchTemplates.get(template)?.userData ?? '',
    tags: new Map(tags),
    state: 'running',
  };
  cloud.instances.set(instance.id, instance);
  cloud.machines.boot(instance);
  return instance;
}
