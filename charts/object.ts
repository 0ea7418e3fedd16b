import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string };
}

/**
 * Adds a custom resource as it is. Generated classes would drop fields that they do not know without a word
 * (cdk8s#2172), so imports/ gives types only.
 */
export function addObject<T extends Typed>(scope: Construct, object: T): void {
  new ApiObject(scope, `${object.kind}-${object.metadata.name}`, object);
}
