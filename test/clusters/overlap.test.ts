import { describe, expect, it } from '@jest/globals';
import { ref } from '../../lib/infrastructure/terraform/reference';
import { overlap } from './overlap';

const BUCKET = `arn:${ref('Partition')}:s3:::${ref('BucketName')}`;
const OBJECT = `${BUCKET}/${ref('ObjectName')}`;
const ROLE = `arn:${ref('Partition')}:iam::${ref('Account')}:role/${ref('RoleNameWithPath')}`;

describe('a resource of a policy and the format of a type', () => {
  it.each([
    ['arn:aws:s3:::data', BUCKET],
    ['arn:aws:s3:::dat?', BUCKET],
    ['arn:aws:s3:::data/a/*', OBJECT],
    ['arn:*:iam::*:role/a/*', ROLE],
    ['*', ROLE],
  ])('have an ARN in common: %s %s', (resource, format) => {
    expect(overlap(resource, format)).toBe(true);
  });

  it.each([
    ['arn:aws:s3:::data/a/*', BUCKET],
    ['arn:aws:s3:::data', OBJECT],
    ['arn:*:iam::*:user/a:role/b', ROLE],
    ['arn:aws:iam:eu-west-1:1:role/a', ROLE],
  ])('have none: %s %s', (resource, format) => {
    expect(overlap(resource, format)).toBe(false);
  });
});
