import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { Statement } from '../../lib/infrastructure/statement';

/** A policy of the CDK from statements of the model. */
export function policy(statements: readonly Statement[]): PolicyDocument {
  return PolicyDocument.fromJson({ Version: '2012-10-17', Statement: statements });
}
