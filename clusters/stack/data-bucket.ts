import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { KEEP_OLD_VERSIONS } from '../../lib/infrastructure/data-bucket';
import { datasetReaders } from '../../lib/infrastructure/policies/tenant';
import type { Place } from '../../lib/infrastructure/statement';
import { dataBucket } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';

/** Datasets, and each tenant's own prefix. It outlives the stack. */
export class DataBucket extends Construct {
  constructor(scope: Construct, cluster: Cluster, place: Place) {
    super(scope, 'Data');
    const bucket = new Bucket(this, 'Bucket', {
      bucketName: dataBucket(cluster.spec),
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          noncurrentVersionExpiration: Duration.days(KEEP_OLD_VERSIONS),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    for (const statement of datasetReaders(cluster, place)) {
      bucket.addToResourcePolicy(PolicyStatement.fromJson(statement));
    }
  }
}
