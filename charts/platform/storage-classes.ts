import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { backupTags, DISK_CLASS, HOME_CLASS } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { platformLabels } from '../labels';

/**
 * StorageClasses of homes, and of what needs a disk wherever homes are: SQLite's locks do not hold on NFS. Retain: a
 * claim that goes with its Namespace leaves the disk and its data behind.
 */
export class StorageClassesChart extends Chart {
  constructor(scope: Construct, { name: cluster, spec }: Cluster) {
    super(scope, 'storage-classes', { labels: platformLabels('storage') });
    const disk = ebs(cluster);
    const home = spec.homes === undefined ? disk : efs(spec.homes.efs);
    for (const [name, fields] of [
      [HOME_CLASS, home],
      [DISK_CLASS, disk],
    ] as const) {
      new k8s.KubeStorageClass(this, name, { metadata: { name }, reclaimPolicy: 'Retain', ...fields });
    }
  }
}

/** A disk lies in the zone of the first node that asks for it. The backup of the cluster finds it by its tags. */
function ebs(cluster: string) {
  const tags = Object.entries(backupTags(cluster));
  return {
    provisioner: 'ebs.csi.aws.com',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
    parameters: {
      type: 'gp3',
      encrypted: 'true',
      ...Object.fromEntries(
        tags.map(([key, value], index) => [`tagSpecification_${index + 1}`, `${key}=${value}`]),
      ),
    },
  };
}

/** A folder of one file system, which every zone reaches; uid 1000 and group 100 as in all images. */
function efs(fileSystemId: string) {
  return {
    provisioner: 'efs.csi.aws.com',
    volumeBindingMode: 'Immediate',
    parameters: {
      provisioningMode: 'efs-ap',
      fileSystemId,
      directoryPerms: '700',
      uid: '1000',
      gid: '100',
      basePath: '/homes',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: placeholders of the driver.
      subPathPattern: '${.PVC.namespace}/${.PVC.name}',
      ensureUniqueDirectory: 'false',
    },
  };
}
