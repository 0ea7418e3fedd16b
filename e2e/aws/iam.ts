import { nodeRole } from '../../lib/model/names';
import type { Cloud } from './cloud';
import { AwsError, type Fields, textOf, type Value } from './query';

type Action = (cloud: Cloud, request: Fields) => Fields;

/** The part of IAM that Karpenter calls: an instance profile for each EC2NodeClass, with the node role in it. */
export const IAM: Readonly<Record<string, Action>> = {
  GetInstanceProfile: (cloud, request) => ({ InstanceProfile: describe(cloud, nameOf(cloud, request)) }),
  CreateInstanceProfile: (cloud, request) => {
    const name = textOf(request, 'InstanceProfileName');
    cloud.profiles.set(name, undefined);
    return { InstanceProfile: describe(cloud, name) };
  },
  AddRoleToInstanceProfile: (cloud, request) => {
    const role = textOf(request, 'RoleName');
    if (role !== nodeRole(cloud.cluster.name)) {
      throw new AwsError('NoSuchEntity', `The role with name ${role} cannot be found.`, 404);
    }
    cloud.profiles.set(nameOf(cloud, request), role);
    return {};
  },
  RemoveRoleFromInstanceProfile: (cloud, request) => {
    cloud.profiles.set(nameOf(cloud, request), undefined);
    return {};
  },
  DeleteInstanceProfile: (cloud, request) => {
    cloud.profiles.delete(nameOf(cloud, request));
    return {};
  },
  ListInstanceProfiles: (cloud) => ({
    InstanceProfiles: [...cloud.profiles.keys()].map((name) => describe(cloud, name)),
    IsTruncated: false,
  }),
};

function nameOf({ profiles }: Cloud, request: Fields): string {
  const name = textOf(request, 'InstanceProfileName');
  if (!profiles.has(name)) throw new AwsError('NoSuchEntity', `there is no instance profile ${name}`, 404);
  return name;
}

function describe({ profiles }: Cloud, name: string): Value {
  const role = profiles.get(name);
  return {
    InstanceProfileName: name,
    InstanceProfileId: name,
    Arn: `arn:aws:iam::111122223333:instance-profile/${name}`,
    Path: '/',
    CreateDate: '2026-01-01T00:00:00Z',
    Roles:
      role === undefined
        ? []
        : [
            {
              RoleName: role,
              RoleId: role,
              Arn: `arn:aws:iam::111122223333:role/${role}`,
              Path: '/',
              CreateDate: '2026-01-01T00:00:00Z',
            },
          ],
  };
}
