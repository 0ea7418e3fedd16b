import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Application } from '../../imports/argoproj.io';
import type { Cluster } from '../../lib/model/platform';

/** Values of a Helm chart: plain data, as `valuesObject` holds it. */
export type Values = { readonly [key: string]: unknown };

/** A component of the platform: its CRDs, then its Helm chart, then objects of ours. Each is an Application. */
export interface Component {
  /** Where the component has a Helm chart, its key in imports/versions.yaml. */
  readonly name: string;
  readonly namespace: string;
  /** Wave of the chart; our objects follow one later. CRDs come in wave 0. */
  readonly wave: number;
  /** Values of the Helm chart; absent where the component is objects of ours only. */
  readonly values?: (cluster: Cluster) => Values;
  /** The chart's own schema of values has addresses in it that a cluster without internet cannot follow. */
  readonly skipSchemaValidation?: true;
  /** Fields that the chart makes up anew at each rendering: those that are there first stay. */
  readonly madeOnce?: NonNullable<Application['spec']['ignoreDifferences']>;
  /** Our own objects. */
  readonly charts?: readonly (new (
    scope: Construct,
    cluster: Cluster,
  ) => Chart)[];
}
