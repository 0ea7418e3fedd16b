import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HOME_CLASS } from '../../lib/model/names';
import { platformLabels } from '../labels';

/** Volumes of people: encrypted, made in the zone of the first pod, and kept when their claim goes. */
export class StorageChart extends Chart {
  constructor(scope: Construct) {
    super(scope, 'storage-classes', { labels: platformLabels('storage') });
    new k8s.KubeStorageClass(this, `StorageClass-${HOME_CLASS}`, {
      metadata: { name: HOME_CLASS },
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true' },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
  }
}
